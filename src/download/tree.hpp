// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tree: a toolchain's files while they are put together, by several threads.

#include "download/member_name.hpp"
#include "download/member_sink.hpp"
#include "download/tree_writer.hpp"
#include "download/unpacked.hpp"

#include <mutex>

namespace gov::download {

// What is refused here is refused whatever has read the archive: names that no Go release has,
// names that clash, more files or bytes than any release.
class Tree {
public:
    // Where `total` is not 0, `progress` is told the share of it that is there.
    Tree(const Destination& destination, UnpackProgress progress)
        : destination_{destination}, progress_{std::move(progress)} {}

    const Destination& destination() const noexcept { return destination_; }
    // How many bytes there will be, to tell the progress by.
    void expect(std::uint64_t total);
    // A file is about to be made; its directories are there afterwards. `name` is that of the
    // installed file. Throws Error (ExitCode::verification), and where the disk refuses.
    void announce(const std::string& name, std::uint64_t size);
    // This much more is there.
    void add(Unpacked more);
    // All of it, after which nothing may come.
    Unpacked take() { return std::move(unpacked_); }

private:
    Destination destination_;
    UnpackProgress progress_;
    std::mutex guard_;
    NameSet names_;
    std::size_t directories_made_ = 0;
    std::size_t files_ = 0;
    std::uint64_t announced_ = 0;
    std::uint64_t total_ = 0;
    Unpacked unpacked_;
};

// One thread's way of putting members into a tree.
class TreeSink : public MemberSink {
public:
    explicit TreeSink(Tree& tree)
        : tree_{tree}, writer_{tree.destination().root, tree.destination().shared} {}

    void begin(std::string_view name, std::uint64_t size) override;
    void write(base::Bytes data) override { writer_.write(data); }
    void finish() override;
    // That was all: what this thread has made is in the tree's list after this.
    void end() { tree_.add(std::exchange(made_, {})); }

private:
    Tree& tree_;
    TreeWriter writer_;
    std::string name_;
    std::uint64_t size_ = 0;
    Unpacked made_;  // that the tree has not been told of
};

}  // namespace gov::download
