#include "scenarios/serve/stage.hpp"

#include "scenarios/run/world_end.hpp"

#include <algorithm>

namespace scenarios::serve {
namespace {

auto script_of(const model::scenario& what) -> mock_graph::server::script {
  return {what.standing, what.events, what.faults};
}

} // namespace

stage::stage(model::scenario what,
             const mock_graph::login::signing_key& key,
             seams::instant now,
             double speed,
             bool watched,
             const run::service_wrap& before)
    : what_(std::move(what)), key_(key), first_now_(now), is_watched_(watched), clock_(now, speed) {
  open();
  before_ = before ? before(*tenant_, clock_) : nullptr;
}

void stage::open() {
  tenant_ = std::make_unique<mock_graph::server::mock_tenant>(script_of(what_), clock_, key_);
  seen_ = is_watched_ ? std::make_unique<audit::watched_tenant>(*tenant_) : nullptr;
}

auto stage::answer(const seams::request& query) -> mock_graph::reply {
  ++answered_;
  if (before_) {
    return before_->answer(query);
  }
  return seen_ ? seen_->answer(query) : tenant_->answer(query);
}

void stage::reset() {
  clock_.set_wall(first_now_);
  open();
}

auto stage::make_audit() -> audit::connector_audit {
  const auto now = clock_.wall();
  tenant_->advance(now);
  return seen_ ? audit::audit_of(what_, *tenant_, *seen_, now) : audit::connector_audit();
}

auto stage::last_visible() -> seams::instant {
  const auto start = what_.standing.start;
  if (!rehearsed_) {
    rehearsed_ = run::last_visible(script_of(what_), key_).value_or(start);
  }
  return std::max(*rehearsed_, tenant_->book().last_visible().value_or(start));
}

} // namespace scenarios::serve
