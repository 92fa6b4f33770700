#include "core/adapters/sqlite/ram_disk_image.hpp"

#include <algorithm>

namespace core::detail {

auto ram_file::text() const -> std::string {
  auto out = std::string(bytes_.size(), '\0');
  bytes_.read(0, out.data(), out.size());
  return out;
}

/// Saves the bytes from `offset` to `end`, as far as the file reaches.
void ram_file::remember(std::size_t offset, std::size_t end) {
  const auto size = bytes_.size();
  const auto saved = offset < size ? std::min(end, size) - offset : 0;
  const auto place = saved_bytes_.size();
  saved_bytes_.resize(place + saved);
  bytes_.read(offset, saved_bytes_.data() + place, saved);
  changes_.push_back({offset, size, saved});
}

void ram_file::write(std::size_t offset, std::string_view data) {
  remember(offset, offset + data.size());
  bytes_.write(offset, data);
}

void ram_file::truncate(std::size_t size) {
  remember(size, bytes_.size());
  bytes_.resize(size);
}

void ram_file::sync() {
  changes_.clear();
  saved_bytes_.clear();
}

void ram_file::crash() {
  for (auto undo = changes_.rbegin(); undo != changes_.rend(); ++undo) {
    const auto from = saved_bytes_.size() - undo->saved;
    bytes_.resize(undo->size_before);
    if (undo->saved != 0) {
      bytes_.write(undo->offset, std::string_view(saved_bytes_).substr(from, undo->saved));
    }
    saved_bytes_.resize(from);
  }
  sync();
  shared_locks = 0;
  reserved_by = nullptr;
  pending_by = nullptr;
}

auto ram_disk_image::find(const std::string& name) const -> file_ptr {
  const auto found = now_.find(name);
  return found == now_.end() ? nullptr : found->second;
}

auto ram_disk_image::create(const std::string& name) -> file_ptr {
  return now_[name] = std::make_shared<ram_file>();
}

void ram_disk_image::remove(const std::string& name) {
  now_.erase(name);
}

auto ram_disk_image::used() const -> std::size_t {
  auto sum = std::size_t{0};
  for (const auto& [name, file] : now_) {
    sum += file->size();
  }
  return sum;
}

void ram_disk_image::crash() {
  ++life;
  now_ = durable_;
  for (const auto& [name, file] : now_) {
    file->crash();
  }
}

} // namespace core::detail
