// SPDX-License-Identifier: Apache-2.0
#pragma once
// Json: a JSON value, its reader with limits for text from outside, and its writer.

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace gov::base {

class Json {
public:
    using Array = std::vector<Json>;
    using Member = std::pair<std::string, Json>;
    using Object = std::vector<Member>;  // keeps its order; the reader refuses duplicate names

    Json() = default;  // null
    Json(bool value) : value_{value} {}
    Json(std::int64_t value) : value_{value} {}
    Json(int value) : value_{std::int64_t{value}} {}
    Json(double value) : value_{value} {}
    Json(std::string value) : value_{std::move(value)} {}
    Json(std::string_view value) : value_{std::string{value}} {}
    Json(const char* value) : value_{std::string{value}} {}
    Json(Array value) : value_{std::move(value)} {}
    Json(Object value) : value_{std::move(value)} {}

    // Null where the value is of another kind.
    const bool* as_bool() const noexcept { return std::get_if<bool>(&value_); }
    const std::int64_t* as_integer() const noexcept { return std::get_if<std::int64_t>(&value_); }
    const double* as_number() const noexcept { return std::get_if<double>(&value_); }
    const std::string* as_string() const noexcept { return std::get_if<std::string>(&value_); }
    const Array* as_array() const noexcept { return std::get_if<Array>(&value_); }
    const Object* as_object() const noexcept { return std::get_if<Object>(&value_); }
    bool is_null() const noexcept { return std::holds_alternative<std::nullptr_t>(value_); }

    // The member `name`; null where this is no object or has no such member.
    const Json* find(std::string_view name) const noexcept;
    // The text of the member `name`; empty where there is none or it is no string.
    std::string_view text(std::string_view name) const noexcept;

    // Indented by two spaces, with a final newline. All but ASCII is escaped, so that nothing from
    // outside reaches a terminal; invalid UTF-8 becomes U+FFFD.
    std::string write() const;
    // On one line without a newline.
    std::string write_line() const;

    // The value that `text` (UTF-8, a BOM is passed over) holds. Throws Error: not JSON, nested
    // deeper than 32, a duplicate name, or a number outside the range of its type.
    static Json parse(std::string_view text);

private:
    std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value_;
};

}  // namespace gov::base
