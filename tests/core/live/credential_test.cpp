#include "core/live/credential.hpp"
#include "tests/core/fakes/scratch_folder.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace core::live;

namespace {

constexpr auto canary = "canary~s3cr3t+/=&";

auto connected(const credential_places& places, std::map<std::string, std::string> set)
    -> core::connector_config {
  auto out = core::connector_config();
  const auto env = [set = std::move(set)](std::string_view name) {
    const auto found = set.find(std::string(name));
    return found == set.end() ? std::nullopt : std::optional(found->second);
  };
  connect_credential(places, env, out);
  return out;
}

auto secret_of(const core::connector_config& config) -> std::string {
  return std::get<core::auth::client_secret>(config.credential().value()).value;
}

auto from_file(const std::string& path) -> credential_places {
  auto out = credential_places();
  out.secret_file = path;
  return out;
}

auto from_variable(const std::string& name) -> credential_places {
  auto out = credential_places();
  out.secret_env = name;
  return out;
}

} // namespace

TEST_SUITE("live credential") {
  TEST_CASE("a secret comes from a variable as it is") {
    const auto config = connected(from_variable("SECRET"), {{"SECRET", " spaced \n"}});
    CHECK(secret_of(config) == " spaced \n");
  }

  TEST_CASE("the last line end of a file does not count and nothing else is trimmed") {
    const auto folder = fakes::scratch_folder();
    for (const auto& [text, secret] : {std::pair(std::string("s\n"), std::string("s")),
                                       std::pair(std::string("s\r\n"), std::string("s")),
                                       std::pair(std::string("s"), std::string("s")),
                                       std::pair(std::string(" s \n\n"), std::string(" s \n"))}) {
      CAPTURE(text);
      CHECK(secret_of(connected(from_file(folder.write("secret", text)), {})) == secret);
    }
  }

  TEST_CASE("a rotated secret needs no restart") {
    const auto folder = fakes::scratch_folder();
    const auto config = connected(from_file(folder.write("secret", "old\n")), {});
    CHECK(secret_of(config) == "old");
    folder.write("secret", "new\n");
    CHECK(secret_of(config) == "new");
  }

  TEST_CASE("a variable that is not set or empty is named") {
    const auto missing = check_credential(connected(from_variable("SECRET"), {}));
    REQUIRE(missing.has_error());
    CHECK(missing.error().code == "secret_unavailable");
    CHECK(missing.error().why == "the environment variable SECRET is not set");
    const auto empty = check_credential(connected(from_variable("SECRET"), {{"SECRET", ""}}));
    REQUIRE(empty.has_error());
    CHECK(empty.error().why == "the environment variable SECRET is empty");
  }

  TEST_CASE("a file that is missing, empty or far too long is named") {
    const auto folder = fakes::scratch_folder();
    const auto why = [&](const std::string& path) {
      return check_credential(connected(from_file(path), {})).error().why;
    };
    CHECK(why("/no/secret") == "the secret's file /no/secret does not exist");
    const auto empty = folder.write("empty", "\n");
    CHECK(why(empty) == "the secret's file " + empty + " is empty");
    const auto book = folder.write("book", std::string(70'000, 'x'));
    CHECK(why(book) == "the secret's file " + book + " is larger than 64 KiB");
  }

  TEST_CASE("a key that cannot be read is refused without a word of it") {
    const auto folder = fakes::scratch_folder();
    auto places = credential_places();
    places.key_file = folder.write("key.pem", canary);
    places.certificate_file = folder.write("cert.pem", canary);
    const auto pem = check_credential(connected(places, {}));
    REQUIRE(pem.has_error());
    CHECK(pem.error().why.find(canary) == std::string::npos);
    places = credential_places();
    places.pfx_base64_env = "PFX";
    const auto pfx = check_credential(connected(places, {{"PFX", canary}}));
    REQUIRE(pfx.has_error());
    CHECK(pfx.error().why.find(canary) == std::string::npos);
  }

  TEST_CASE("a passphrase that cannot be had is named before the key is opened") {
    auto places = credential_places();
    places.pfx_file = "/no/such.pfx";
    places.passphrase_env = "PHRASE";
    CHECK(check_credential(connected(places, {})).error().why ==
          "the environment variable PHRASE is not set");
  }
}
