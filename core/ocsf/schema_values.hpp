#pragma once
// The values that enumerations of OCSF 1.8.0 have, for the attributes this project emits.
// Source: schema.ocsf.io/1.8.0, github.com/ocsf/ocsf-schema tag 1.8.0 (Apache-2.0).
#include "core/ocsf/schema.hpp"

#include <array>

namespace core::ocsf::rows {

inline constexpr auto account_types = std::to_array<caption>({{0, "Unknown"},
                                                              {1, "LDAP Account"},
                                                              {2, "Windows Account"},
                                                              {3, "AWS IAM User"},
                                                              {4, "AWS IAM Role"},
                                                              {5, "GCP Account"},
                                                              {6, "Azure AD Account"},
                                                              {7, "Mac OS Account"},
                                                              {8, "Apple Account"},
                                                              {9, "Linux Account"},
                                                              {10, "AWS Account"},
                                                              {11, "GCP Project"},
                                                              {12, "OCI Compartment"},
                                                              {13, "Azure Subscription"},
                                                              {14, "Salesforce Account"},
                                                              {15, "Google Workspace"},
                                                              {16, "Servicenow Instance"},
                                                              {17, "M365 Tenant"},
                                                              {18, "Email Account"},
                                                              {19, "ActiveDirectory Account"},
                                                              {99, "Other"}});

inline constexpr auto analytic_types = std::to_array<caption>({{0, "Unknown"},
                                                               {1, "Rule"},
                                                               {2, "Behavioral"},
                                                               {3, "Statistical"},
                                                               {4, "Learning (ML/DL)"},
                                                               {5, "Fingerprinting"},
                                                               {6, "Tagging"},
                                                               {7, "Keyword Match"},
                                                               {8, "Regular Expressions"},
                                                               {9, "Exact Data Match"},
                                                               {10, "Partial Data Match"},
                                                               {11, "Indexed Data Match"},
                                                               {99, "Other"}});

inline constexpr auto auth_factor_factor_types = std::to_array<caption>({{0, "Unknown"},
                                                                         {1, "SMS"},
                                                                         {2, "Security Question"},
                                                                         {3, "Phone Call"},
                                                                         {4, "Biometric"},
                                                                         {5, "Push Notification"},
                                                                         {6, "Hardware Token"},
                                                                         {7, "OTP"},
                                                                         {8, "Email"},
                                                                         {9, "U2F"},
                                                                         {10, "WebAuthn"},
                                                                         {11, "Password"},
                                                                         {99, "Other"}});

inline constexpr auto data_security_data_lifecycle_states =
    std::to_array<caption>({{0, "Unknown"},
                            {1, "Data at-Rest"},
                            {2, "Data in-Transit"},
                            {3, "Data in-Use"},
                            {99, "Other"}});

inline constexpr auto data_security_detection_systems =
    std::to_array<caption>({{0, "Unknown"},
                            {1, "Endpoint"},
                            {2, "DLP Gateway"},
                            {3, "Mobile Device Management"},
                            {4, "Data Discovery & Classification"},
                            {5, "Secure Web Gateway"},
                            {6, "Secure Email Gateway"},
                            {7, "Digital Rights Management"},
                            {8, "Cloud Access Security Broker"},
                            {9, "Database Activity Monitoring"},
                            {10, "Application-Level DLP"},
                            {11, "Developer Security"},
                            {12, "Data Security Posture Management"},
                            {99, "Other"}});

inline constexpr auto device_types = std::to_array<caption>({{0, "Unknown"},
                                                             {1, "Server"},
                                                             {2, "Desktop"},
                                                             {3, "Laptop"},
                                                             {4, "Tablet"},
                                                             {5, "Mobile"},
                                                             {6, "Virtual"},
                                                             {7, "IOT"},
                                                             {8, "Browser"},
                                                             {9, "Firewall"},
                                                             {10, "Switch"},
                                                             {11, "Hub"},
                                                             {12, "Router"},
                                                             {13, "IDS"},
                                                             {14, "IPS"},
                                                             {15, "Load Balancer"},
                                                             {99, "Other"}});

inline constexpr auto risk_levels = std::to_array<caption>(
    {{0, "Info"}, {1, "Low"}, {2, "Medium"}, {3, "High"}, {4, "Critical"}, {99, "Other"}});

inline constexpr auto verdicts = std::to_array<caption>({{0, "Unknown"},
                                                         {1, "False Positive"},
                                                         {2, "True Positive"},
                                                         {3, "Disregard"},
                                                         {4, "Suspicious"},
                                                         {5, "Benign"},
                                                         {6, "Test"},
                                                         {7, "Insufficient Data"},
                                                         {8, "Security Risk"},
                                                         {9, "Managed Externally"},
                                                         {10, "Duplicate"},
                                                         {99, "Other"}});

inline constexpr auto file_types = std::to_array<caption>({{0, "Unknown"},
                                                           {1, "Regular File"},
                                                           {2, "Folder"},
                                                           {3, "Character Device"},
                                                           {4, "Block Device"},
                                                           {5, "Local Socket"},
                                                           {6, "Named Pipe"},
                                                           {7, "Symbolic Link"},
                                                           {8, "Executable File"},
                                                           {99, "Other"}});

inline constexpr auto fingerprint_algorithms = std::to_array<caption>({{0, "Unknown"},
                                                                       {1, "MD5"},
                                                                       {2, "SHA-1"},
                                                                       {3, "SHA-256"},
                                                                       {4, "SHA-512"},
                                                                       {5, "CTPH"},
                                                                       {6, "TLSH"},
                                                                       {7, "quickXorHash"},
                                                                       {8, "SHA-224"},
                                                                       {9, "SHA-384"},
                                                                       {10, "SHA-512/224"},
                                                                       {11, "SHA-512/256"},
                                                                       {12, "SHA3-224"},
                                                                       {13, "SHA3-256"},
                                                                       {14, "SHA3-384"},
                                                                       {15, "SHA3-512"},
                                                                       {16, "xxHash H3 64-bit"},
                                                                       {17, "xxHash H3 128-bit"},
                                                                       {18, "Imphash"},
                                                                       {19, "NPF"},
                                                                       {20, "HASSH"},
                                                                       {99, "Other"}});

inline constexpr auto malware_classification_idss =
    std::to_array<caption>({{0, "Unknown"},
                            {1, "Adware"},
                            {2, "Backdoor"},
                            {3, "Bot"},
                            {4, "Bootkit"},
                            {5, "DDOS"},
                            {6, "Downloader"},
                            {7, "Dropper"},
                            {8, "Exploit-Kit"},
                            {9, "Keylogger"},
                            {10, "Ransomware"},
                            {11, "Remote-Access-Trojan"},
                            {13, "Resource-Exploitation"},
                            {14, "Rogue-Security-Software"},
                            {15, "Rootkit"},
                            {16, "Screen-Capture"},
                            {17, "Spyware"},
                            {18, "Trojan"},
                            {19, "Virus"},
                            {20, "Webshell"},
                            {21, "Wiper"},
                            {22, "Worm"},
                            {99, "Other"}});

inline constexpr auto managed_entity_types = std::to_array<caption>({{0, "Unknown"},
                                                                     {1, "Device"},
                                                                     {2, "User"},
                                                                     {3, "Group"},
                                                                     {4, "Organization"},
                                                                     {5, "Policy"},
                                                                     {6, "Email"},
                                                                     {7, "Network Zone"},
                                                                     {99, "Other"}});

inline constexpr auto observable_types =
    std::to_array<caption>({{0, "Unknown"},
                            {1, "Hostname"},
                            {2, "IP Address"},
                            {3, "MAC Address"},
                            {4, "User Name"},
                            {5, "Email Address"},
                            {6, "URL String"},
                            {7, "File Name"},
                            {8, "Hash"},
                            {9, "Process Name"},
                            {10, "Resource UID"},
                            {11, "Port"},
                            {12, "Subnet"},
                            {13, "Command Line"},
                            {14, "Country"},
                            {15, "Process ID"},
                            {16, "HTTP User-Agent"},
                            {17, "CWE Object: uid"},
                            {18, "CVE Object: uid"},
                            {19, "User Credential ID"},
                            {20, "Endpoint"},
                            {21, "User"},
                            {22, "Email"},
                            {23, "Uniform Resource Locator"},
                            {24, "File"},
                            {25, "Process"},
                            {26, "Geo Location"},
                            {27, "Container"},
                            {28, "Registry Key"},
                            {29, "Registry Value"},
                            {30, "Fingerprint"},
                            {31, "User Object: uid"},
                            {32, "Group Object: name"},
                            {33, "Group Object: uid"},
                            {34, "Account Object: name"},
                            {35, "Account Object: uid"},
                            {36, "Script Content"},
                            {37, "Serial Number"},
                            {38, "Resource Details Object: name"},
                            {39, "Process Entity Object: uid"},
                            {40, "Email Object: subject"},
                            {41, "Email Object: uid"},
                            {42, "Message UID"},
                            {43, "Registry Value Object: name"},
                            {44, "Advisory Object: uid"},
                            {45, "File Path"},
                            {46, "Registry Key Path"},
                            {47, "Device Object: uid"},
                            {48, "Network Endpoint Object: uid"},
                            {99, "Other"}});

inline constexpr auto os_types = std::to_array<caption>({{0, "Unknown"},
                                                         {99, "Other"},
                                                         {100, "Windows"},
                                                         {101, "Windows Mobile"},
                                                         {200, "Linux"},
                                                         {201, "Android"},
                                                         {300, "macOS"},
                                                         {301, "iOS"},
                                                         {302, "iPadOS"},
                                                         {400, "Solaris"},
                                                         {401, "AIX"},
                                                         {402, "HP-UX"}});

inline constexpr auto resource_details_roles = std::to_array<caption>(
    {{0, "Unknown"}, {1, "Target"}, {2, "Actor"}, {3, "Affected"}, {4, "Related"}, {99, "Other"}});

inline constexpr auto user_types = std::to_array<caption>(
    {{0, "Unknown"}, {1, "User"}, {2, "Admin"}, {3, "System"}, {4, "Service"}, {99, "Other"}});

inline constexpr auto severities = std::to_array<caption>({{0, "Unknown"},
                                                           {1, "Informational"},
                                                           {2, "Low"},
                                                           {3, "Medium"},
                                                           {4, "High"},
                                                           {5, "Critical"},
                                                           {6, "Fatal"},
                                                           {99, "Other"}});

inline constexpr auto base_event_activities =
    std::to_array<caption>({{0, "Unknown"}, {99, "Other"}});

inline constexpr auto base_event_statuses =
    std::to_array<caption>({{0, "Unknown"}, {1, "Success"}, {2, "Failure"}, {99, "Other"}});

inline constexpr auto actions = std::to_array<caption>({{0, "Unknown"},
                                                        {1, "Allowed"},
                                                        {2, "Denied"},
                                                        {3, "Observed"},
                                                        {4, "Modified"},
                                                        {99, "Other"}});

inline constexpr auto dispositions = std::to_array<caption>({{0, "Unknown"},
                                                             {1, "Allowed"},
                                                             {2, "Blocked"},
                                                             {3, "Quarantined"},
                                                             {4, "Isolated"},
                                                             {5, "Deleted"},
                                                             {6, "Dropped"},
                                                             {7, "Custom Action"},
                                                             {8, "Approved"},
                                                             {9, "Restored"},
                                                             {10, "Exonerated"},
                                                             {11, "Corrected"},
                                                             {12, "Partially Corrected"},
                                                             {13, "Uncorrected"},
                                                             {14, "Delayed"},
                                                             {15, "Detected"},
                                                             {16, "No Action"},
                                                             {17, "Logged"},
                                                             {18, "Tagged"},
                                                             {19, "Alert"},
                                                             {20, "Count"},
                                                             {21, "Reset"},
                                                             {22, "Captcha"},
                                                             {23, "Challenge"},
                                                             {24, "Access Revoked"},
                                                             {25, "Rejected"},
                                                             {26, "Unauthorized"},
                                                             {27, "Error"},
                                                             {99, "Other"}});

inline constexpr auto detection_finding_activities = std::to_array<caption>(
    {{0, "Unknown"}, {1, "Create"}, {2, "Update"}, {3, "Close"}, {99, "Other"}});

inline constexpr auto detection_finding_statuses = std::to_array<caption>({{0, "Unknown"},
                                                                           {1, "New"},
                                                                           {2, "In Progress"},
                                                                           {3, "Suppressed"},
                                                                           {4, "Resolved"},
                                                                           {5, "Archived"},
                                                                           {6, "Deleted"},
                                                                           {99, "Other"}});

inline constexpr auto confidences =
    std::to_array<caption>({{0, "Unknown"}, {1, "Low"}, {2, "Medium"}, {3, "High"}, {99, "Other"}});

inline constexpr auto priorities = std::to_array<caption>(
    {{0, "Unknown"}, {1, "Low"}, {2, "Medium"}, {3, "High"}, {4, "Critical"}, {99, "Other"}});

inline constexpr auto incident_finding_statuses = std::to_array<caption>({{0, "Unknown"},
                                                                          {1, "New"},
                                                                          {2, "In Progress"},
                                                                          {3, "On Hold"},
                                                                          {4, "Resolved"},
                                                                          {5, "Closed"},
                                                                          {99, "Other"}});

inline constexpr auto data_security_finding_activities = std::to_array<caption>(
    {{0, "Unknown"}, {1, "Create"}, {2, "Update"}, {3, "Close"}, {4, "Suppressed"}, {99, "Other"}});

inline constexpr auto account_change_activities =
    std::to_array<caption>({{0, "Unknown"},
                            {1, "Create"},
                            {2, "Enable"},
                            {3, "Password Change"},
                            {4, "Password Reset"},
                            {5, "Disable"},
                            {6, "Delete"},
                            {7, "Attach Policy"},
                            {8, "Detach Policy"},
                            {9, "Lock"},
                            {10, "MFA Factor Enable"},
                            {11, "MFA Factor Disable"},
                            {12, "Unlock"},
                            {99, "Other"}});

inline constexpr auto authentication_activities =
    std::to_array<caption>({{0, "Unknown"},
                            {1, "Logon"},
                            {2, "Logoff"},
                            {3, "Authentication Ticket"},
                            {4, "Service Ticket Request"},
                            {5, "Service Ticket Renew"},
                            {6, "Preauth"},
                            {7, "Account Switch"},
                            {99, "Other"}});

inline constexpr auto auth_protocols = std::to_array<caption>({{0, "Unknown"},
                                                               {1, "NTLM"},
                                                               {2, "Kerberos"},
                                                               {3, "Digest"},
                                                               {4, "OpenID"},
                                                               {5, "SAML"},
                                                               {6, "OAUTH 2.0"},
                                                               {7, "PAP"},
                                                               {8, "CHAP"},
                                                               {9, "EAP"},
                                                               {10, "RADIUS"},
                                                               {11, "Basic Authentication"},
                                                               {12, "LDAP"},
                                                               {99, "Other"}});

inline constexpr auto logon_types = std::to_array<caption>({{0, "Unknown"},
                                                            {1, "System"},
                                                            {2, "Interactive"},
                                                            {3, "Network"},
                                                            {4, "Batch"},
                                                            {5, "OS Service"},
                                                            {7, "Unlock"},
                                                            {8, "Network Cleartext"},
                                                            {9, "New Credentials"},
                                                            {10, "Remote Interactive"},
                                                            {11, "Cached Interactive"},
                                                            {12, "Cached Remote Interactive"},
                                                            {13, "Cached Unlock"},
                                                            {99, "Other"}});

inline constexpr auto entity_management_activities = std::to_array<caption>({{0, "Unknown"},
                                                                             {1, "Create"},
                                                                             {2, "Read"},
                                                                             {3, "Update"},
                                                                             {4, "Delete"},
                                                                             {5, "Move"},
                                                                             {6, "Enroll"},
                                                                             {7, "Unenroll"},
                                                                             {8, "Enable"},
                                                                             {9, "Disable"},
                                                                             {10, "Activate"},
                                                                             {11, "Deactivate"},
                                                                             {12, "Suspend"},
                                                                             {13, "Resume"},
                                                                             {99, "Other"}});

inline constexpr auto user_access_activities = std::to_array<caption>(
    {{0, "Unknown"}, {1, "Assign Privileges"}, {2, "Revoke Privileges"}, {99, "Other"}});

inline constexpr auto group_management_activities =
    std::to_array<caption>({{0, "Unknown"},
                            {1, "Assign Privileges"},
                            {2, "Revoke Privileges"},
                            {3, "Add User"},
                            {4, "Remove User"},
                            {5, "Delete"},
                            {6, "Create"},
                            {7, "Add Subgroup"},
                            {8, "Remove Subgroup"},
                            {99, "Other"}});

inline constexpr auto http_activity_activities = std::to_array<caption>({{0, "Unknown"},
                                                                         {1, "Connect"},
                                                                         {2, "Delete"},
                                                                         {3, "Get"},
                                                                         {4, "Head"},
                                                                         {5, "Options"},
                                                                         {6, "Post"},
                                                                         {7, "Put"},
                                                                         {8, "Trace"},
                                                                         {9, "Patch"},
                                                                         {99, "Other"}});

inline constexpr auto email_activity_activities = std::to_array<caption>({{0, "Unknown"},
                                                                          {1, "Send"},
                                                                          {2, "Receive"},
                                                                          {3, "Scan"},
                                                                          {4, "Trace"},
                                                                          {5, "MTA Relay"},
                                                                          {99, "Other"}});

inline constexpr auto directions = std::to_array<caption>({{0, "Unknown"},
                                                           {1, "Inbound"},
                                                           {2, "Outbound"},
                                                           {3, "Internal"},
                                                           {4, "Local"},
                                                           {99, "Other"}});

inline constexpr auto inventory_info_activities =
    std::to_array<caption>({{0, "Unknown"}, {1, "Log"}, {2, "Collect"}, {99, "Other"}});

inline constexpr auto api_activity_activities = std::to_array<caption>(
    {{0, "Unknown"}, {1, "Create"}, {2, "Read"}, {3, "Update"}, {4, "Delete"}, {99, "Other"}});

inline constexpr auto file_hosting_activities = std::to_array<caption>({{0, "Unknown"},
                                                                        {1, "Upload"},
                                                                        {2, "Download"},
                                                                        {3, "Update"},
                                                                        {4, "Delete"},
                                                                        {5, "Rename"},
                                                                        {6, "Copy"},
                                                                        {7, "Move"},
                                                                        {8, "Restore"},
                                                                        {9, "Preview"},
                                                                        {10, "Lock"},
                                                                        {11, "Unlock"},
                                                                        {12, "Share"},
                                                                        {13, "Unshare"},
                                                                        {14, "Open"},
                                                                        {15, "Sync"},
                                                                        {16, "Unsync"},
                                                                        {17, "Access Check"},
                                                                        {99, "Other"}});

inline constexpr auto share_types =
    std::to_array<caption>({{0, "Unknown"}, {1, "File"}, {2, "Pipe"}, {3, "Print"}, {99, "Other"}});

inline constexpr auto remediation_activity_activities = std::to_array<caption>({{0, "Unknown"},
                                                                                {1, "Isolate"},
                                                                                {2, "Evict"},
                                                                                {3, "Restore"},
                                                                                {4, "Harden"},
                                                                                {5, "Detect"},
                                                                                {99, "Other"}});

inline constexpr auto remediation_activity_statuses = std::to_array<caption>({{0, "Unknown"},
                                                                              {1, "Success"},
                                                                              {2, "Failure"},
                                                                              {3, "Does Not Exist"},
                                                                              {4, "Partial"},
                                                                              {5, "Unsupported"},
                                                                              {6, "Error"},
                                                                              {99, "Other"}});

} // namespace core::ocsf::rows
