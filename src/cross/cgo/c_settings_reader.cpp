// SPDX-License-Identifier: Apache-2.0
#include "cross/cgo/c_settings_reader.hpp"

#include "cross/artifact/dotted_version.hpp"

namespace gov::cross {

namespace {

using project::find_entry;
using project::TableReader;
using Table = TableReader::Table;

void read_flag(const TableReader& reader, const Table& table, std::string_view key,
               std::optional<bool>& out) {
    if (const bool* value = reader.get<bool>(table, key, "true or false")) out = *value;
}

void read_version(const TableReader& reader, const Table& table, std::string_view key,
                  std::optional<std::string>& out) {
    reader.text(table, key, out);
    if (out && !is_dotted_version(*out))
        reader.refuse(*find_entry(table, key), "a version, as in \"2.17\"");
}

}  // namespace

CSettings read_c_settings(const TableReader& reader, const Table& table) {
    CSettings settings;
    if (const auto* text = reader.get<std::string>(table, "cgo", "auto, on or off")) {
        settings.cgo = parse_cgo(*text);
        if (!settings.cgo) reader.refuse(*find_entry(table, "cgo"), "auto, on or off");
    }
    if (const auto* text = reader.get<std::string>(table, "crt", "msvcrt or ucrt")) {
        settings.crt = parse_crt(*text);
        if (!settings.crt) reader.refuse(*find_entry(table, "crt"), "msvcrt or ucrt");
    }
    reader.text(table, "cc", settings.compiler);
    reader.text(table, "sdk", settings.sdk);
    read_version(reader, table, "glibc", settings.glibc);
    read_version(reader, table, "macos_min", settings.macos_min);
    read_flag(reader, table, "musl", settings.musl);
    read_flag(reader, table, "static", settings.is_static);
    settings.inputs = reader.list(table, "c_inputs");
    return settings;
}

}  // namespace gov::cross
