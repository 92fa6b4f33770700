#include "core/permissions/rendering.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::permissions {
namespace {

auto padded(std::string text, std::size_t width) -> std::string {
  text.resize(std::max(width, text.size()), ' ');
  return text + "  ";
}

auto joined(const std::vector<std::string>& names) -> std::string {
  auto out = std::string();
  for (const auto& name : names) {
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

auto line_of(const finding& one, std::size_t width) -> std::string {
  auto out = "  " + padded(one.permission, width) + padded(std::string(to_word(one.state)), 14) +
             (one.feeds.empty() ? "" : "for " + joined(one.feeds));
  out.erase(out.find_last_not_of(' ') + 1);
  return out + "\n" + (one.advice.empty() ? "" : "      " + one.advice + "\n");
}

} // namespace

auto to_text(const review_result& what) -> std::string {
  auto width = std::size_t{0};
  for (const auto& one : what.findings) {
    width = std::max(width, one.permission.size());
  }
  auto out = std::string();
  const finding* before = nullptr;
  for (const auto& one : what.findings) {
    if (before == nullptr || before->of != one.of) {
      out += std::string(portal_group(one.of)) + "\n";
    }
    out += line_of(one, width);
    before = &one;
  }
  for (const auto& line : what.besides) {
    out += line + "\n";
  }
  const auto reduced = std::ranges::count(what.findings, standing::reduced, &finding::state) > 0;
  return out + (!what.complete() ? "Something is missing.\n"
                : reduced        ? "Every feed can be read; some show less than they could.\n"
                                 : "Nothing is missing.\n");
}

auto to_json(const review_result& what) -> std::string {
  auto rows = nlohmann::ordered_json::array();
  for (const auto& one : what.findings) {
    auto row = nlohmann::ordered_json();
    row["name"] = one.permission;
    row["api"] = portal_group(one.of);
    row["standing"] = to_word(one.state);
    row["writes"] = one.writes;
    row["feeds"] = one.feeds;
    row["advice"] = one.advice;
    rows.push_back(std::move(row));
  }
  auto out = nlohmann::ordered_json();
  out["complete"] = what.complete();
  out["permissions"] = std::move(rows);
  out["besides"] = what.besides;
  return out.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace core::permissions
