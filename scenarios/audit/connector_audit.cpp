#include "scenarios/audit/connector_audit.hpp"

#include "scenarios/audit/record_fates.hpp"
#include "scenarios/run/manners.hpp"

#include <algorithm>

namespace scenarios::audit {
namespace {

void judge_permissions(const model::scenario& what, connector_audit& out) {
  for (const auto& grant : what.standing.applications.front().grants) {
    if (grant.from <= out.until && grant.until > out.from) {
      out.permissions_unused.insert(grant.role);
    }
  }
  for (const auto& entry : out.journal) {
    for (const auto& role : std::set(entry.used_roles.begin(), entry.used_roles.end())) {
      if (entry.status >= 200 && entry.status < 300) {
        ++out.permissions_used[role];
        out.permissions_unused.erase(role);
      }
    }
  }
}

/// Those that no fault made up.
void collect_refusals(connector_audit& out) {
  for (const auto& entry : out.journal) {
    if (entry.status >= 400 && entry.fault.empty()) {
      ++out.refusals[std::to_string(entry.status) + (entry.note.empty() ? "" : " " + entry.note)];
    }
  }
}

auto span_text(const span_of_time& span) -> std::string {
  return seams::to_rfc3339(span.from) + " to " + seams::to_rfc3339(span.to) + " (" +
         seams::to_text(span.to - span.from) + ")";
}

auto name_of(const audited_record& one) -> std::string {
  return one.feed + " " + one.key + (one.version.empty() ? "" : " @ " + one.version);
}

void find_records(const connector_audit& what, fetching how, std::vector<finding>& out) {
  for (const auto& one : what.records) {
    if (one.how != how) {
      continue;
    }
    if (how == fetching::never) {
      out.push_back({"never_fetched",
                     name_of(one) + " (" + one.story + "), visible since " +
                         seams::to_rfc3339(one.visible_at) + ": " + one.why});
    } else {
      out.push_back({"fetched_repeatedly",
                     name_of(one) + " (" + one.story + "): carried by " +
                         std::to_string(one.answers.size()) + " answers, delivered " +
                         (one.delivered == 1 ? "once" : std::to_string(one.delivered) + " times")});
    }
  }
}

void find_gaps(const connector_audit& what, std::vector<finding>& out) {
  for (const auto& [type, windows] : what.windows) {
    for (const auto& gap : windows.gaps) {
      out.push_back({"window_gap", type + ": nothing asked for from " + span_text(gap)});
    }
  }
}

void find_overlaps(const connector_audit& what, std::vector<finding>& out) {
  for (const auto& [type, windows] : what.windows) {
    for (const auto& overlap : windows.overlaps) {
      out.push_back({"window_overlap", type + ": asked for again, " + span_text(overlap)});
    }
  }
}

void find_in_pages(const connector_audit& what, std::vector<finding>& out) {
  for (const auto& page : what.pages) {
    if (page.followed < page.given) {
      out.push_back({"page_not_followed",
                     page.url + " was given " + std::to_string(page.given) + " times and read " +
                         std::to_string(page.followed) + " times"});
    } else if (page.followed > page.given) {
      out.push_back({"page_read_again",
                     page.url + " was given " + std::to_string(page.given) + " times and read " +
                         std::to_string(page.followed) + " times"});
    }
  }
}

} // namespace

auto connector_audit::never() const -> std::size_t {
  auto out = std::size_t{0};
  for (const auto& [source, counted] : sources) {
    out += counted.never;
  }
  return out;
}

auto audit_of(const model::scenario& what,
              const mock_graph::server::mock_tenant& tenant,
              const watched_tenant& seen,
              seams::instant now) -> connector_audit {
  auto out = connector_audit();
  out.scenario = what.name;
  out.from = what.standing.start;
  out.until = now;
  out.journal = tenant.requests();
  out.requests = out.journal.size();
  out.windows = windows_in(out.journal);
  judge_records(what, tenant, seen, out);
  out.early = run::early_requests(seen.exchanges());
  out.token_misuse = run::token_misuse(out.journal);
  judge_permissions(what, out);
  collect_refusals(out);
  out.pages = seen.pages();
  return out;
}

auto findings_of(const connector_audit& what) -> std::vector<finding> {
  auto out = std::vector<finding>();
  find_records(what, fetching::never, out);
  find_gaps(what, out);
  for (const auto& line : what.early) {
    out.push_back({"before_retry_after", line});
  }
  for (const auto& line : what.token_misuse) {
    out.push_back({"token_misused", line});
  }
  find_in_pages(what, out);
  find_overlaps(what, out);
  find_records(what, fetching::repeatedly, out);
  return out;
}

} // namespace scenarios::audit
