// SPDX-License-Identifier: Apache-2.0
#include "base/environment.hpp"

#include <unistd.h>

namespace gov::base {

Environment Environment::of_process() {
    Environment environment;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text{*entry};
        const auto equals = text.find('=');
        if (equals == std::string_view::npos || equals == 0) continue;
        environment.variables_.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return environment;
}

std::optional<std::string_view> Environment::get(std::string_view name) const {
    const auto found = variables_.find(name);
    if (found == variables_.end()) return std::nullopt;
    return found->second;
}

std::optional<std::string_view> Environment::non_empty(std::string_view name) const {
    const auto value = get(name);
    return value && !value->empty() ? value : std::nullopt;
}

void Environment::set(std::string_view name, std::string value) {
    variables_.insert_or_assign(std::string{name}, std::move(value));
}

void Environment::unset(std::string_view name) {
    const auto found = variables_.find(name);
    if (found != variables_.end()) variables_.erase(found);
}

std::vector<std::string> Environment::entries() const {
    std::vector<std::string> list;
    list.reserve(variables_.size());
    for (const auto& [name, value] : variables_) list.push_back(name + "=" + value);
    return list;
}

}  // namespace gov::base
