#include "core/adapters/sqlite/roomy_bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <unistd.h>

namespace core::detail {
namespace {

[[noreturn]] void fail(const char* doing) {
  throw std::system_error(errno, std::generic_category(), doing);
}

/// Walks over [offset, offset + count) in pieces that lie in one chunk each.
template <class Work> void in_chunks(std::size_t offset, std::size_t count, Work work) {
  for (auto done = std::size_t{0}; done < count;) {
    const auto place = (offset + done) % roomy_bytes::chunk_size;
    const auto piece = std::min(roomy_bytes::chunk_size - place, count - done);
    work((offset + done) / roomy_bytes::chunk_size, place, done, piece);
    done += piece;
  }
}

/// How much of [offset, offset + count) is kept in memory.
auto in_memory(std::size_t offset, std::size_t count) -> std::size_t {
  return offset >= roomy_bytes::memory_max ? 0 : std::min(count, roomy_bytes::memory_max - offset);
}

auto spill_offset(std::size_t offset) -> off_t {
  return static_cast<off_t>(offset - roomy_bytes::memory_max);
}

} // namespace

auto roomy_bytes::spill() -> int {
  if (!spill_) {
    spill_.reset(std::tmpfile());
    if (!spill_) {
      fail("making a file for what memory should not hold");
    }
  }
  return fileno(spill_.get());
}

void roomy_bytes::resize(std::size_t size) {
  if (size < size_) {
    in_chunks(size, in_memory(size, size_ - size), [this](auto which, auto at, auto, auto length) {
      std::memset(chunks_[which]->data() + at, 0, length);
    });
  }
  const auto kept = std::min(size, memory_max);
  const auto count = (kept + chunk_size - 1) / chunk_size;
  while (chunks_.size() < count) {
    chunks_.push_back(std::make_unique<chunk>());
  }
  chunks_.resize(count);
  const auto behind = size > memory_max ? size - memory_max : 0;
  if ((behind > 0 || spill_) && ::ftruncate(spill(), static_cast<off_t>(behind)) != 0) {
    fail("changing the size of the file for what memory should not hold");
  }
  size_ = size;
}

void roomy_bytes::write(std::size_t offset, std::string_view data) {
  if (offset + data.size() > size_) {
    resize(offset + data.size());
  }
  const auto here = in_memory(offset, data.size());
  in_chunks(offset, here, [&](auto which, auto at, auto done, auto length) {
    std::memcpy(chunks_[which]->data() + at, data.data() + done, length);
  });
  for (auto done = here; done < data.size();) {
    const auto written =
        ::pwrite(spill(), data.data() + done, data.size() - done, spill_offset(offset + done));
    if (written <= 0) {
      fail("writing what memory should not hold");
    }
    done += static_cast<std::size_t>(written);
  }
}

auto roomy_bytes::read(std::size_t offset, char* into, std::size_t count) const -> std::size_t {
  const auto wanted = offset < size_ ? std::min(count, size_ - offset) : 0;
  const auto here = in_memory(offset, wanted);
  in_chunks(offset, here, [&](auto which, auto at, auto done, auto length) {
    std::memcpy(into + done, chunks_[which]->data() + at, length);
  });
  for (auto done = here; done < wanted;) {
    const auto got =
        ::pread(fileno(spill_.get()), into + done, wanted - done, spill_offset(offset + done));
    if (got <= 0) {
      fail("reading what memory should not hold");
    }
    done += static_cast<std::size_t>(got);
  }
  return wanted;
}

} // namespace core::detail
