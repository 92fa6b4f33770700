// Fuzz entry: any text is parsed, bound and run over two small tables; it must only be refused.
#include "mock_graph/hunting/query.hpp"
#include "mock_graph/hunting/reply.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

namespace hunting = mock_graph::hunting;
using hunting::scalar;
using hunting::value;

class one_table final : public hunting::table_source {
public:
  [[nodiscard]] auto columns() const -> const std::vector<hunting::column>& override {
    return columns_;
  }

  void scan(const hunting::time_range&,
            const std::function<bool(const hunting::row&)>& sink) const override {
    for (auto number = std::int64_t{0}; number < 4; ++number) {
      const auto at = seams::instant{seams::duration{number * 1'000'000'000}};
      const auto bag = nlohmann::json{{"a", number}, {"b", {"x", "y"}}};
      if (!sink(
              {at, std::string("text ") + std::to_string(number), number, number % 2 == 0, bag})) {
        return;
      }
    }
  }

private:
  std::vector<hunting::column> columns_ = {{"Timestamp", scalar::datetime},
                                           {"A", scalar::string},
                                           {"B", scalar::int64},
                                           {"C", scalar::boolean},
                                           {"D", scalar::dynamic}};
};

class fuzz_database final : public hunting::database {
public:
  [[nodiscard]] auto find(std::string_view name) const -> const hunting::table_source* override {
    return name == "T" || name == "U" ? &table_ : nullptr;
  }

private:
  one_table table_;
};

auto tight() -> hunting::limits {
  auto made = hunting::limits();
  made.steps_max = 20'000;
  made.held_bytes_max = 20'000'000;
  made.value_bytes_max = 100'000;
  return made;
}

} // namespace

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int {
  const auto query = std::string_view(reinterpret_cast<const char*>(data), size);
  const auto made = hunting::run(query, fuzz_database(), seams::instant{}, {}, tight());
  if (made) {
    (void)hunting::to_reply_json(*made, false);
  }
  return 0;
}
