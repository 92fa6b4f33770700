#include "mock_graph/hunting/kql/functions.hpp"
#include "mock_graph/hunting/kql/values.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace mock_graph::hunting::kql {
namespace {

template <scalar T> auto convert(const call_env&, arguments args) -> value {
  return cast(*args[0], T);
}

auto parse_json(const call_env& env, arguments args) -> value {
  if (const auto* text = std::get_if<std::string>(args[0])) {
    env.check_size(text->size());
    auto parsed = parse_json_text(*text);
    return parsed ? from_json(std::move(*parsed)) : value(nlohmann::json(*text));
  }
  return cast(*args[0], scalar::dynamic);
}

auto first_type(argument_types types) -> scalar {
  return types[0];
}

auto widest(argument_types types) -> scalar {
  for (const auto type : types) {
    if (type == scalar::real || type == scalar::dynamic) {
      return scalar::real;
    }
  }
  return types[0];
}

auto absolute(const call_env&, arguments args) -> value {
  auto scratch = value();
  const auto& held = plain(*args[0], scratch);
  if (const auto* whole = std::get_if<std::int64_t>(&held)) {
    return *whole == std::numeric_limits<std::int64_t>::min() ? value() : value(std::abs(*whole));
  }
  if (const auto* span = std::get_if<seams::duration>(&held)) {
    return *span == seams::duration::min() ? value() : value(std::chrono::abs(*span));
  }
  const auto real = number_of(held);
  return real ? value(std::abs(*real)) : value();
}

// Halves go to the even neighbour, as .NET rounds.
auto round_(const call_env&, arguments args) -> value {
  const auto real = number_of(*args[0]);
  const auto digits = args.size() > 1 ? integer_of(*args[1]) : std::optional(std::int64_t{0});
  if (!real || !digits || *digits < -15 || *digits > 15) {
    return {};
  }
  const auto scale = std::pow(10.0, static_cast<double>(*digits));
  return std::nearbyint(*real * scale) / scale;
}

template <double (*F)(double)> auto real_function(const call_env&, arguments args) -> value {
  const auto real = number_of(*args[0]);
  return real ? value(F(*real)) : value();
}

auto power(const call_env&, arguments args) -> value {
  const auto base = number_of(*args[0]);
  const auto exponent = number_of(*args[1]);
  return base && exponent ? value(std::pow(*base, *exponent)) : value();
}

template <bool Least> auto extreme(const call_env&, arguments args) -> value {
  const auto* best = args[0];
  for (const auto* each : args) {
    if (is_null(*best) ||
        (!is_null(*each) && (Least ? sorts_before(*each, *best) : sorts_before(*best, *each)))) {
      best = each;
    }
  }
  return *best;
}

template <bool Wanted> auto null(const call_env&, arguments args) -> value {
  return is_null(*args[0]) == Wanted;
}

auto not_(const call_env&, arguments args) -> value {
  const auto held = cast(*args[0], scalar::boolean);
  return is_null(held) ? value() : value(!std::get<bool>(held));
}

template <bool (*Test)(double)> auto real_test(const call_env&, arguments args) -> value {
  const auto real = number_of(*args[0]);
  return real && Test(*real);
}

auto is_nan(double number) -> bool {
  return std::isnan(number);
}

auto is_finite(double number) -> bool {
  return std::isfinite(number);
}

auto type_name(const call_env&, arguments args) -> value {
  const auto* held = std::get_if<nlohmann::json>(args[0]);
  constexpr auto plain_names =
      std::array{"null", "string", "datetime", "bool", "long", "double", "timespan", "dynamic"};
  if (held == nullptr) {
    return std::string(plain_names[args[0]->index()]);
  }
  if (held->is_object()) {
    return std::string("dictionary");
  }
  if (held->is_array()) {
    return std::string("array");
  }
  auto scratch = value();
  return std::string(plain_names[plain(*args[0], scratch).index()]);
}

constexpr auto convert_table = std::array{
    function_info{"tostring", 1, 1, always<scalar::string>, convert<scalar::string>},
    function_info{"toint", 1, 1, always<scalar::int32>, convert<scalar::int32>},
    function_info{"tolong", 1, 1, always<scalar::int64>, convert<scalar::int64>},
    function_info{"todouble", 1, 1, always<scalar::real>, convert<scalar::real>},
    function_info{"toreal", 1, 1, always<scalar::real>, convert<scalar::real>},
    function_info{"tobool", 1, 1, always<scalar::boolean>, convert<scalar::boolean>},
    function_info{"toboolean", 1, 1, always<scalar::boolean>, convert<scalar::boolean>},
    function_info{"todatetime", 1, 1, always<scalar::datetime>, convert<scalar::datetime>},
    function_info{"totimespan", 1, 1, always<scalar::timespan>, convert<scalar::timespan>},
    function_info{"toguid", 1, 1, always<scalar::guid>, convert<scalar::guid>},
    function_info{"parse_json", 1, 1, always<scalar::dynamic>, parse_json},
    function_info{"parsejson", 1, 1, always<scalar::dynamic>, parse_json},
    function_info{"todynamic", 1, 1, always<scalar::dynamic>, parse_json},
    function_info{"toobject", 1, 1, always<scalar::dynamic>, parse_json},
    function_info{"gettype", 1, 1, always<scalar::string>, type_name},
    function_info{"abs", 1, 1, first_type, absolute},
    function_info{"round", 1, 2, always<scalar::real>, round_},
    function_info{"ceiling", 1, 1, always<scalar::real>, real_function<std::ceil>},
    function_info{"sqrt", 1, 1, always<scalar::real>, real_function<std::sqrt>},
    function_info{"log", 1, 1, always<scalar::real>, real_function<std::log>},
    function_info{"log10", 1, 1, always<scalar::real>, real_function<std::log10>},
    function_info{"log2", 1, 1, always<scalar::real>, real_function<std::log2>},
    function_info{"exp", 1, 1, always<scalar::real>, real_function<std::exp>},
    function_info{"pow", 2, 2, always<scalar::real>, power},
    function_info{"min_of", 1, any_count, widest, extreme<true>},
    function_info{"max_of", 1, any_count, widest, extreme<false>},
    function_info{"isnull", 1, 1, always<scalar::boolean>, null<true>},
    function_info{"isnotnull", 1, 1, always<scalar::boolean>, null<false>},
    function_info{"notnull", 1, 1, always<scalar::boolean>, null<false>},
    function_info{"isnan", 1, 1, always<scalar::boolean>, real_test<is_nan>},
    function_info{"isfinite", 1, 1, always<scalar::boolean>, real_test<is_finite>},
    function_info{"not", 1, 1, always<scalar::boolean>, not_}};

} // namespace

auto convert_functions() -> std::span<const function_info> {
  return convert_table;
}

} // namespace mock_graph::hunting::kql
