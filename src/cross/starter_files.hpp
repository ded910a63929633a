// SPDX-License-Identifier: Apache-2.0
#pragma once
// starter_files(): what a project has around its cross builds, written for the project.

#include "cross/target.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gov::cross {

// The gov that jobs of CI services get.
struct StarterGov {
    toolchain::Platform platform;  // that it runs on
    std::string sha256;            // in hex
    std::string url = {};          // where they get it; empty: as the file's first lines say
};

// What the files say of the project.
struct StarterFacts {
    std::string program;                // "hello"
    std::string package = ".";          // of it, as go build takes it
    std::string package_name = "main";  // of the project's directory
    std::string output = "dist";        // the output folder
    std::string options = {};           // of gov cross build, each with a blank in front
    std::string go;                     // "1.22.6"
    std::vector<Target> targets = {};
    // What tells which modules are needed: "go.mod", "go.sum"; of a workspace that of each module.
    std::vector<std::filesystem::path> module_files = {"go.mod"};
    bool has_version = false;  // a string variable main.version
    bool needs_trust = false;  // there is a file that gov allow is for
    StarterGov gov = {};       // of "github" and "gitlab"
};

struct StarterFile {
    std::filesystem::path path;  // in the project
    std::string content;
};

// Throws Error (ExitCode::usage) where `kind` is none of "dockerfile", "generate", "github",
// "gitlab" and "makefile".
void require_starter_kind(std::string_view kind);

// The files of a kind. Throws Error (ExitCode::usage) where there is no such kind, or no target
// that it can be for.
std::vector<StarterFile> starter_files(std::string_view kind, const StarterFacts& facts);

}  // namespace gov::cross
