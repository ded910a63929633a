// SPDX-License-Identifier: Apache-2.0
#include "base/json.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <unordered_set>

namespace gov::base {

namespace {

using Library = nlohmann::ordered_json;

constexpr std::size_t max_depth = 32;

// Builds a Json from the library's events, so that depth and names are checked while reading.
class Builder : public nlohmann::json_sax<Library> {
public:
    Json take() { return std::move(root_); }
    const std::string& problem() const { return problem_; }

    bool null() override { return add(Json{}); }
    bool boolean(bool value) override { return add(Json{value}); }
    bool number_integer(number_integer_t value) override { return add(Json{value}); }
    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<number_unsigned_t>(std::numeric_limits<std::int64_t>::max()))
            return fail("a number is too large");
        return add(Json{static_cast<std::int64_t>(value)});
    }
    bool number_float(number_float_t value, const string_t&) override { return add(Json{value}); }
    bool string(string_t& value) override { return add(Json{std::move(value)}); }
    bool binary(binary_t&) override { return fail("binary data"); }
    bool start_object(std::size_t) override { return open(Json::Object{}); }
    bool start_array(std::size_t) override { return open(Json::Array{}); }
    bool end_object() override { return close<Json::Object>(); }
    bool end_array() override { return close<Json::Array>(); }
    bool key(string_t& name) override {
        Level& level = open_.back();
        if (!level.names.insert(name).second)
            return fail(base::format("the name \"{}\" stands twice", printable(name)));
        level.key = std::move(name);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception&) override {
        return fail(base::format("not JSON at byte {}", position));
    }

private:
    using Container = std::variant<Json::Array, Json::Object>;
    struct Level {
        Container value;
        std::string key;  // of the object's next member
        std::unordered_set<std::string> names;
    };

    bool fail(std::string what) {
        problem_ = std::move(what);
        return false;
    }

    bool open(Container container) {
        if (open_.size() >= max_depth) return fail("nested too deep");
        open_.push_back({std::move(container), {}, {}});
        return true;
    }

    template <class Kind>
    bool close() {
        Json done{std::get<Kind>(std::move(open_.back().value))};
        open_.pop_back();
        return add(std::move(done));
    }

    bool add(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return true;
        }
        Level& level = open_.back();
        if (auto* array = std::get_if<Json::Array>(&level.value))
            array->push_back(std::move(value));
        else
            std::get<Json::Object>(level.value)
                .emplace_back(std::move(level.key), std::move(value));
        return true;
    }

    Json root_;
    std::vector<Level> open_;
    std::string problem_;
};

Library to_library(const Json& value) {
    if (const auto* flag = value.as_bool()) return *flag;
    if (const auto* integer = value.as_integer()) return *integer;
    if (const auto* number = value.as_number()) return *number;
    if (const auto* text = value.as_string()) return *text;
    if (const auto* array = value.as_array()) {
        Library list = Library::array();
        for (const Json& element : *array) list.push_back(to_library(element));
        return list;
    }
    if (const auto* object = value.as_object()) {
        Library members = Library::object();
        for (const auto& [name, member] : *object) members[name] = to_library(member);
        return members;
    }
    return nullptr;
}

std::string dump(const Json& value, int indent) {
    return to_library(value).dump(indent, ' ', true, Library::error_handler_t::replace);
}

}  // namespace

const Json* Json::find(std::string_view name) const noexcept {
    const Object* object = as_object();
    if (object == nullptr) return nullptr;
    const auto found = std::ranges::find(*object, name, &Member::first);
    return found == object->end() ? nullptr : &found->second;
}

std::string_view Json::text(std::string_view name) const noexcept {
    const Json* member = find(name);
    const std::string* value = member != nullptr ? member->as_string() : nullptr;
    return value != nullptr ? std::string_view{*value} : std::string_view{};
}

std::string Json::write() const {
    return dump(*this, 2) + "\n";
}

std::string Json::write_line() const {
    return dump(*this, -1);
}

Json Json::parse(std::string_view text) {
    Builder builder;
    if (!Library::sax_parse(text, &builder)) throw Error{builder.problem()};
    return builder.take();
}

}  // namespace gov::base
