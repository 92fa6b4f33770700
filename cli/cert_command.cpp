#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "core/auth/base64.hpp"
#include "core/auth/self_signed.hpp"

#include <CLI/App.hpp>
#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <ostream>
#include <system_error>
#include <unistd.h>

namespace cli {

namespace {

namespace fs = std::filesystem;

constexpr auto cert_new_examples = R"(Example:
  offtenant cert new --subject "Security connector" --days 180 --out keys

Writes key.pem (PKCS #8, readable by its owner only), certificate.pem (upload this one under
Certificates & secrets of the app registration) and certificate.pfx (both). Never overwrites a file.
Exit codes: 0 written, 2 an argument cannot be used or a file is already there, 3 the folder cannot
be written.)";

constexpr auto private_file = mode_t{0600};
constexpr auto public_file = mode_t{0644};

struct cert_file {
  const char* name;
  std::string bytes;
  mode_t mode;
};

/// Nothing when `path` is new and holds `bytes`, else why not.
auto write_exclusively(const fs::path& path, const std::string& bytes, mode_t mode)
    -> std::optional<std::string> {
  const auto file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (file < 0) {
    return std::generic_category().message(errno);
  }
  auto rest = std::string_view(bytes);
  auto problem = std::optional<std::string>();
  while (!rest.empty() && !problem) {
    const auto written = ::write(file, rest.data(), rest.size());
    if (written < 0 && errno != EINTR) {
      problem = std::generic_category().message(errno);
    }
    rest.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
  }
  if (::close(file) != 0 && !problem) {
    problem = std::generic_category().message(errno);
  }
  return problem;
}

class cert_new_command final : public command {
public:
  auto declare(CLI::App& parent) -> CLI::App* override {
    auto* cert = parent.add_subcommand("cert", "Work with certificates of an app registration");
    cert->require_subcommand(1);
    cert->footer("Example:\n  offtenant cert new --out keys");
    auto* app = cert->add_subcommand("new", "Make a key with a self-signed certificate");
    app->footer(cert_new_examples);
    app->add_option("--subject", subject_, "Common name in the certificate")->capture_default_str();
    app->add_option("--days", days_, "Days for which it is valid, 1 to 1095")
        ->capture_default_str();
    app->add_option("--bits", bits_, "Size of the RSA key: 2048, 3072 or 4096")
        ->capture_default_str();
    app->add_option("--out", folder_, "The folder to write to; made if needed")
        ->type_name("DIR")
        ->capture_default_str();
    app->add_option("--passphrase-env",
                    passphrase_variable_,
                    "Environment variable with the passphrase of the PFX; none: no passphrase")
        ->type_name("NAME");
    return cert;
  }

  auto execute(const surroundings& around) -> int override {
    auto order = order_of(around);
    if (!order) {
      around.err << "offtenant cert new: " << order.error().why << '\n';
      return exit_usage;
    }
    for (const auto* name : {"key.pem", "certificate.pem", "certificate.pfx"}) {
      auto ignored = std::error_code();
      if (fs::exists(fs::symlink_status(fs::path(folder_) / name, ignored))) {
        around.err << fmt::format(
            "offtenant cert new: '{}' is already there, and nothing is overwritten\n",
            (fs::path(folder_) / name).string());
        return exit_usage;
      }
    }
    const auto made = core::auth::make_self_signed(*order);
    if (!made) {
      around.err << "offtenant cert new: " << made.error().why << '\n';
      return exit_usage;
    }
    return write_all(*made, around);
  }

private:
  [[nodiscard]] auto order_of(const surroundings& around) const -> parsed<core::auth::pair_order> {
    const auto days = parse_number("--days", days_, 1, 1095);
    const auto bits = parse_number("--bits", bits_, 2048, 4096);
    if (!days || !bits) {
      return days ? bits.error() : days.error();
    }
    if (*bits != 2048 && *bits != 3072 && *bits != 4096) {
      return usage_error("--bits is '" + bits_ + "'; expected 2048, 3072 or 4096");
    }
    auto out = core::auth::pair_order();
    out.common_name = subject_;
    out.from = std::chrono::floor<std::chrono::seconds>(around.wall());
    out.until = out.from + std::chrono::days{static_cast<int>(*days)};
    out.bits = static_cast<int>(*bits);
    if (!passphrase_variable_.empty()) {
      const auto passphrase = around.env(passphrase_variable_);
      if (!passphrase || passphrase->empty()) {
        return usage_error("the environment variable " + passphrase_variable_ +
                           " of --passphrase-env is not set");
      }
      out.passphrase = *passphrase;
    }
    return out;
  }

  [[nodiscard]] auto write_all(const core::auth::new_pair& made, const surroundings& around) const
      -> int {
    auto error = std::error_code();
    fs::create_directories(folder_, error);
    if (error) {
      around.err << fmt::format(
          "offtenant cert new: cannot make the folder '{}': {}\n", folder_, error.message());
      return exit_environment;
    }
    const auto files = std::array{cert_file{"key.pem", made.key_pem, private_file},
                                  cert_file{"certificate.pem", made.certificate_pem, public_file},
                                  cert_file{"certificate.pfx", made.pfx, private_file}};
    for (const auto& file : files) {
      const auto path = fs::path(folder_) / file.name;
      if (const auto problem = write_exclusively(path, file.bytes, file.mode)) {
        around.err << fmt::format(
            "offtenant cert new: cannot write '{}': {}\n", path.string(), *problem);
        return exit_environment;
      }
      around.out << "wrote " << path.string() << '\n';
    }
    print_thumbprints(made.pair, around.out);
    return exit_held;
  }

  static void print_thumbprints(const core::auth::key_pair& pair, std::ostream& out) {
    using core::auth::base64_form;
    const auto& facts = pair.certificate();
    out << fmt::format("thumbprint  {}    (as the portal shows it)\n"
                       "x5t         {}\n"
                       "x5t#S256    {}\n"
                       "valid until {}\n",
                       pair.portal_thumbprint(),
                       core::auth::to_base64(facts.sha1, base64_form::url),
                       core::auth::to_base64(facts.sha256, base64_form::url),
                       seams::to_rfc3339(facts.until));
  }

  std::string subject_ = "Security connector";
  std::string days_ = "365";
  std::string bits_ = "2048";
  std::string folder_ = ".";
  std::string passphrase_variable_;
};

} // namespace

auto make_cert_command() -> std::unique_ptr<command> {
  return std::make_unique<cert_new_command>();
}

} // namespace cli
