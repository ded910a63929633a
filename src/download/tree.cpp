// SPDX-License-Identifier: Apache-2.0
#include "download/tree.hpp"

#include "base/error.hpp"
#include "base/format.hpp"
#include "base/printable.hpp"
#include "toolchain/module_files.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gov::download {

namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw base::Error{"the archive " + what, {}, base::ExitCode::verification};
}

}  // namespace

void Tree::expect(std::uint64_t total) {
    const std::lock_guard lock{guard_};
    total_ = total;
}

void Tree::announce(const std::string& name, std::uint64_t size) {
    check_member_name(name);
    if (!destination_.takes_all && !toolchain::is_in_module(name))
        refuse(base::format("has a member that no toolchain module has: \"{}\"", name));
    const std::lock_guard lock{guard_};
    if (++files_ > most_files) refuse("has more files than any Go release");
    if (size > most_bytes - announced_) refuse("unpacks to more than any Go release");
    announced_ += size;
    names_.add_file(name);
    for (; directories_made_ < names_.directories().size(); ++directories_made_)
        make_directory(destination_.root, names_.directories()[directories_made_]);
}

void Tree::add(Unpacked more) {
    const std::lock_guard lock{guard_};
    std::ranges::move(more.files, std::back_inserter(unpacked_.files));
    unpacked_.bytes += more.bytes;
    if (progress_ && total_ != 0)
        progress_(static_cast<double>(unpacked_.bytes) / static_cast<double>(total_));
}

void TreeSink::begin(std::string_view name, std::uint64_t size) {
    const std::string installed = toolchain::installed_name(name);
    // go.mod is the one name that a file has here and cannot have in a module.
    if (toolchain::module_name(installed) != name)
        refuse(base::format("has a member that no toolchain module has: \"{}\"",
                            base::printable(name.substr(0, 255))));
    tree_.announce(installed, size);
    name_ = name;
    size_ = size;
    writer_.begin(installed, toolchain::file_mode(installed), size);
}

void TreeSink::finish() {
    constexpr std::size_t enough = 64;  // a lock for each file would have the threads wait
    const base::Digest digest = writer_.finish();
    made_.bytes += size_;
    if (toolchain::is_in_module(name_)) made_.files.emplace_back(std::move(name_), digest);
    if (made_.files.size() >= enough) end();
}

}  // namespace gov::download
