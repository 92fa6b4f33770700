// SharePoint and OneDrive: file operations and sharing, RecordType 6 and 14 (sheet, section 6.3).
#include "core/ocsf/odd_values.hpp"
#include "core/ocsf/schema.hpp"
#include "core/ocsf/sources/audit.hpp"
#include "core/ocsf/sources/shared.hpp"
#include "core/ocsf/sources/sources.hpp"

namespace core::ocsf {
namespace {

constexpr auto file_rows = std::to_array<field>({
    {"CreationTime", "time", as_time},
    {"RecordType", "metadata.event_code"},
    {"Workload", "metadata.source"},
    {"AppAccessContext.CorrelationId", "metadata.correlation_uid"},
    {"SourceFileName", "file.name"},
    {"SourceFileExtension", "file.ext"},
    {"ObjectId", "file.uri"},
    {"ListItemUniqueId", "file.uid"},
    {"FileSizeBytes", "file.size", as_whole},
    {"DestinationFileName", "file_result.name"},
    {"DestinationFileExtension", "file_result.ext"},
});

constexpr auto file_acts = std::to_array<word>({{"FileUploaded", 1},
                                                {"FileDownloaded", 2},
                                                {"FileModified", 3},
                                                {"FileDeleted", 4},
                                                {"FileRecycled", 4},
                                                {"FileRenamed", 5},
                                                {"FileCopied", 6},
                                                {"FileMoved", 7},
                                                {"FileRestored", 8},
                                                {"FilePreviewed", 9},
                                                {"FileAccessed", 14},
                                                {"SharingSet", 12},
                                                {"AnonymousLinkCreated", 12},
                                                {"AddedToSecureLink", 12},
                                                {"SharingRevoked", 13},
                                                {"AnonymousLinkRemoved", 13}});

/// A record about no file: a site, a list, an invitation.
auto names_a_file(const draft& of) -> bool {
  return !of.text("SourceFileName").empty() || !of.text("ObjectId").empty();
}

void put_file_place(draft& of) {
  constexpr auto regular = 1;
  constexpr auto folder = 2;
  const auto is_folder = same_word(of.text("ItemType"), "Folder");
  of.put("file.name", file_name_of(of.text("SourceFileName"), of.text("ObjectId")));
  of.choose("file.type_id", is_folder ? folder : regular);
  const auto place = of.text("SourceRelativeUrl");
  if (!place.empty()) {
    of.put("file.path", place + "/" + of.text("SourceFileName"));
    of.take("SourceRelativeUrl");
  }
  if (of.has("file_result")) {
    of.choose("file_result.type_id", is_folder ? folder : regular);
  }
  of.take("ItemType");
}

auto shape_file_audit(draft& of) -> std::optional<std::string> {
  constexpr auto anonymous_share = 12;
  if (!names_a_file(of)) {
    put_audit_call(of);
    return std::nullopt;
  }
  const auto operation = of.text("Operation");
  const auto activity = id_of(file_acts, operation, other);
  put_audit_person(of);
  put_audit_status(of);
  put_audit_product(of);
  put_file_place(of);
  of.put("message", operation.empty() ? "File operation" : operation);
  of.take("Operation");
  const auto opens_to_all = activity == anonymous_share && mentions(operation, "Anonymous");
  of.choose("severity_id", opens_to_all ? severity::medium : severity::informational);
  of.is(classes::file_hosting, activity, operation.empty() ? "File operation" : operation);
  return std::nullopt;
}

} // namespace

constinit const source sources::audit_files = {.provider = management_api,
                                               .product = "SharePoint Online",
                                               .prefix = "audit",
                                               .identity = audit_identity,
                                               .time = "CreationTime",
                                               .fields = file_rows,
                                               .shape = shape_file_audit};

} // namespace core::ocsf
