#include "core/feeds/feed_call.hpp"

namespace core::feeds {

auto feed_call(const feed_facts& of, const feed_options& options, std::string url) -> api::call {
  auto out = api::call();
  out.of = of.api;
  out.url = std::move(url);
  out.bucket = of.bucket;
  out.spacing = of.spacing;
  out.feed = of.name;
  if (options.period > seams::duration::zero()) {
    out.patience = options.period;
  }
  return out;
}

} // namespace core::feeds
