// SPDX-License-Identifier: Apache-2.0
#include "base/format.hpp"
#include "cache/disk_cache.hpp"

#include <charconv>
#include <chrono>

namespace gov::cache {

namespace {

constexpr std::size_t hex_size = 64;
constexpr std::size_t number_size = 20;
constexpr std::size_t entry_size = 3 + 2 * (hex_size + 1) + 2 * (number_size + 1);

// A decimal, with blanks before it.
template <class Number>
bool take_number(std::string_view text, Number& number) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::int64_t now_in_nanoseconds() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

std::string entry_text(const ActionId& action, const Entry& entry) {
    return base::format("v1 {} {} {:>20} {:>20}\n", base::to_hex(action),
                        base::to_hex(entry.output), entry.size, entry.time);
}

std::optional<Entry> parse_entry(const ActionId& action, std::string_view text) {
    if (text.size() != entry_size || !text.starts_with("v1 ") || text.back() != '\n')
        return std::nullopt;
    constexpr std::size_t output_at = 3 + hex_size + 1;
    constexpr std::size_t size_at = output_at + hex_size + 1;
    constexpr std::size_t time_at = size_at + number_size + 1;
    for (const std::size_t after : {output_at, size_at, time_at})
        if (text[after - 1] != ' ') return std::nullopt;
    const auto id = base::digest_from_hex(text.substr(3, hex_size));
    const auto output = base::digest_from_hex(text.substr(output_at, hex_size));
    Entry entry;
    if (id != action || !output || !take_number(text.substr(size_at, number_size), entry.size) ||
        !take_number(text.substr(time_at, number_size), entry.time) || entry.time < 0)
        return std::nullopt;
    entry.output = *output;
    return entry;
}

}  // namespace gov::cache
