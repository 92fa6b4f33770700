#pragma once
// A certificate authority of our own and one server certificate, made in memory.
#include "core/seams/time.hpp"

#include <boost/asio/ssl/context.hpp>

#include <memory>
#include <string>
#include <vector>

namespace mock_graph::wire {

/// For whom and for when the server's certificate holds.
struct certificate_plan {
  /// DNS names, "*.example.com" included; localhost, 127.0.0.1 and ::1 are always added.
  std::vector<std::string> hosts;
  /// Wide by default: a scenario may start on any day.
  seams::instant not_before = std::chrono::sys_days{std::chrono::year{1990} / 1 / 1};
  seams::instant not_after = std::chrono::sys_days{std::chrono::year{2120} / 1 / 1};
};

/// A root that clients may already trust: its private key and certificate, PEM. The key is a
/// secret.
struct root_pair {
  std::string key_pem;
  std::string certificate_pem;
};

/// A new P-256 root.
auto make_root_pair() -> root_pair;

/// Fresh P-256 keys, so make it once per process. Never changes afterwards: threads may share it.
/// The private keys stay inside.
class authority {
public:
  explicit authority(const certificate_plan& plan) : authority(plan, make_root_pair()) {}
  /// The server's certificate is new, the root is the one given. Throws std::runtime_error if it
  /// cannot be read.
  authority(const certificate_plan& plan, const root_pair& root);

  /// What a client must believe.
  [[nodiscard]] auto root_pem() const -> const std::string& { return root_pem_; }
  [[nodiscard]] auto server_pem() const -> const std::string& { return server_pem_; }

  /// A finished TLS server context, 1.2 or newer, without session tickets: unread ones would count
  /// as bytes on their way. May serve several worlds.
  [[nodiscard]] auto server_context() const -> std::shared_ptr<boost::asio::ssl::context> {
    return context_;
  }

private:
  std::string root_pem_;
  std::string server_pem_;
  std::shared_ptr<boost::asio::ssl::context> context_;
};

} // namespace mock_graph::wire
