// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/artifact_diff.hpp"

#include "base/format.hpp"
#include "base/printable.hpp"
#include "cross/artifact/artifact_json.hpp"

#include <algorithm>
#include <map>

namespace gov::cross {

namespace {

using base::Json;

void append_regions(const Artifact& artifact, std::string_view prefix, std::vector<Region>& out) {
    for (const Region& region : artifact.regions)
        out.push_back({std::string{prefix} + region.name, region.offset, region.size});
}

// Gives regions of one name numbers, so that each has its counterpart.
void number(std::vector<Region>& regions) {
    std::map<std::string, int> seen;
    for (Region& region : regions)
        if (const int count = ++seen[region.name]; count > 1)
            region.name += base::format(" ({})", count);
}

std::optional<RegionDifference> compare(Bytes left, const Region* a, Bytes right, const Region* b) {
    RegionDifference difference{
        .name = a != nullptr ? a->name : b->name, .left_size = {}, .right_size = {}};
    if (a != nullptr) difference.left_size = a->size;
    if (b != nullptr) difference.right_size = b->size;
    const Bytes x = a != nullptr ? left.subspan(a->offset, a->size) : Bytes{};
    const Bytes y = b != nullptr ? right.subspan(b->offset, b->size) : Bytes{};
    const std::size_t both = std::min(x.size(), y.size());
    std::size_t first = both;
    difference.bytes = std::max(x.size(), y.size()) - both;
    for (std::size_t i = 0; i < both; ++i) {
        if (x[i] == y[i]) continue;
        first = std::min(first, i);
        ++difference.bytes;
    }
    if (difference.bytes == 0) return std::nullopt;
    difference.left_offset = (a != nullptr ? a->offset : 0) + first;
    difference.right_offset = (b != nullptr ? b->offset : 0) + first;
    return difference;
}

using Facts = std::vector<std::pair<std::string, std::string>>;

void flatten(const Json& value, const std::string& name, Facts& out) {
    if (const Json::Object* object = value.as_object()) {
        for (const auto& [key, member] : *object)
            flatten(member, name.empty() ? key : name + "." + key, out);
    } else if (const Json::Array* array = value.as_array()) {
        for (std::size_t i = 0; i < array->size(); ++i) {
            // A module is found by its path, whatever place it has.
            const std::string_view path = (*array)[i].text("path");
            flatten(
                (*array)[i],
                path.empty() ? base::format("{}[{}]", name, i) : base::format("{}[{}]", name, path),
                out);
        }
    } else if (!value.is_null()) {
        const std::string* text = value.as_string();
        out.emplace_back(name, text != nullptr ? *text : value.write_line());
    }
}

std::vector<FactDifference> compare_facts(const Artifact& left, const Artifact& right) {
    Facts a;
    Facts b;
    flatten(to_json(left), {}, a);
    flatten(to_json(right), {}, b);
    std::map<std::string, std::string> others{b.begin(), b.end()};
    std::vector<FactDifference> differences;
    for (const auto& [name, value] : a) {
        const auto other = others.extract(name);
        const std::string right_value = other.empty() ? std::string{} : other.mapped();
        if (value != right_value) differences.push_back({name, value, right_value});
    }
    for (const auto& [name, value] : others) differences.push_back({name, {}, value});
    return differences;
}

std::string size_text(const std::optional<std::uint64_t>& size) {
    return size ? base::format("{}", *size) : "-";
}

Json json_of(const std::optional<std::uint64_t>& size) {
    return size ? Json{static_cast<std::int64_t>(*size)} : Json{};
}

}  // namespace

std::vector<Region> all_regions(Bytes file, const Artifact& artifact) {
    std::vector<Region> named;
    if (artifact.slices.empty()) append_regions(artifact, {}, named);
    for (const Artifact& slice : artifact.slices) append_regions(slice, slice.arch + " ", named);
    std::stable_sort(named.begin(), named.end(),
                     [](const Region& a, const Region& b) { return a.offset < b.offset; });
    std::vector<Region> regions;
    std::uint64_t at = 0;
    std::string before = "headers";
    for (Region& region : named) {
        if (region.offset > file.size()) continue;
        region.size = std::min<std::uint64_t>(region.size, file.size() - region.offset);
        if (region.offset > at) regions.push_back({before, at, region.offset - at});
        const std::uint64_t end = region.offset + region.size;
        if (end <= at) continue;  // empty, or inside one that was there already
        region.offset = std::max(region.offset, at);
        region.size = end - region.offset;
        at = std::max(at, end);
        before = "after " + region.name;
        regions.push_back(std::move(region));
    }
    if (file.size() > at) regions.push_back({before, at, file.size() - at});
    number(regions);
    return regions;
}

ArtifactDiff diff(const DiffSide& left, const DiffSide& right) {
    const std::vector<Region> a = all_regions(left.file, left.artifact);
    const std::vector<Region> b = all_regions(right.file, right.artifact);
    const auto find = [](const std::vector<Region>& regions, const std::string& name) {
        const auto found = std::find_if(regions.begin(), regions.end(),
                                        [&](const Region& region) { return region.name == name; });
        return found == regions.end() ? nullptr : &*found;
    };
    ArtifactDiff result;
    for (const Region& region : a)
        if (auto difference = compare(left.file, &region, right.file, find(b, region.name)))
            result.regions.push_back(std::move(*difference));
    for (const Region& region : b)
        if (find(a, region.name) == nullptr)
            if (auto difference = compare(left.file, nullptr, right.file, &region))
                result.regions.push_back(std::move(*difference));
    result.facts = compare_facts(left.artifact, right.artifact);
    return result;
}

std::string to_text(const ArtifactDiff& diff) {
    if (diff.is_empty()) return "no difference\n";
    std::string text;
    for (const RegionDifference& region : diff.regions)
        text += base::format("{:<28} {:>10} {:>10} bytes, {} differ, from {:#x} and {:#x}\n",
                             base::printable(region.name), size_text(region.left_size),
                             size_text(region.right_size), region.bytes, region.left_offset,
                             region.right_offset);
    const auto shown = [](const std::string& value) {
        return value.empty() ? std::string{"none"} : base::printable(value);
    };
    for (const FactDifference& fact : diff.facts)
        text += base::format("{}: {} | {}\n", base::printable(fact.name), shown(fact.left),
                             shown(fact.right));
    return text;
}

Json to_json(const ArtifactDiff& diff) {
    Json::Array regions;
    for (const RegionDifference& region : diff.regions)
        regions.push_back(Json::Object{
            {"name", region.name},
            {"sizes", Json::Array{json_of(region.left_size), json_of(region.right_size)}},
            {"offsets", Json::Array{static_cast<std::int64_t>(region.left_offset),
                                    static_cast<std::int64_t>(region.right_offset)}},
            {"bytes", static_cast<std::int64_t>(region.bytes)}});
    Json::Array facts;
    for (const FactDifference& fact : diff.facts)
        facts.push_back(Json::Object{{"name", fact.name},
                                     {"values", Json::Array{Json{fact.left}, Json{fact.right}}}});
    return Json::Object{{"regions", std::move(regions)}, {"facts", std::move(facts)}};
}

}  // namespace gov::cross
