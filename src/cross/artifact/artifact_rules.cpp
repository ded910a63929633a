// SPDX-License-Identifier: Apache-2.0
#include "cross/artifact/artifact_rules.hpp"

#include "base/format.hpp"

#include <algorithm>

namespace gov::cross {

namespace {

class Verifier {
public:
    Verifier(const Artifact& artifact, const Expectation& wanted)
        : artifact_{artifact}, wanted_{wanted} {}

    Findings findings() {
        check_headers();
        if (const auto& info = artifact_.build_info)
            check_build_info(*info);
        else if (!wanted_.go_version.empty())
            add("build-info", "it holds no Go build information");
        check_signature();
        return std::move(findings_);
    }

private:
    void add(std::string_view rule, std::string message) {
        findings_.push_back({rule, std::move(message)});
    }

    void check_headers() {
        if (!wanted_.os.empty() && format_for(wanted_.os) != artifact_.format)
            add("format", base::format("it is {}, {} wants {}", name_of(artifact_.format),
                                       wanted_.os, name_of(format_for(wanted_.os))));
        if (!wanted_.arch.empty() && artifact_.arch != wanted_.arch)
            add("machine", base::format("it is for {}, not {}", machine_text(), wanted_.arch));
        if (!os_agrees()) add("os", base::format("it is for {}, not {}", artifact_.os, wanted_.os));
        const bool is_program = artifact_.kind == Kind::executable || artifact_.kind == Kind::pie;
        if (wanted_.is_program && !is_program)
            add("kind", base::format("it is no program ({})", name_of(artifact_.kind)));
    }

    std::string machine_text() const {
        if (!artifact_.arch.empty()) return artifact_.arch;
        return base::format("machine {:#x} ({} bits, {}-endian), which Go has no name for",
                            artifact_.machine, artifact_.bits,
                            artifact_.byte_order == std::endian::big ? "big" : "little");
    }

    bool os_agrees() const {
        if (artifact_.os.empty() || wanted_.os.empty() || artifact_.os == wanted_.os) return true;
        // Android programs that need no C library have the headers of linux.
        if (artifact_.os == "linux" && wanted_.os == "android") return true;
        return artifact_.os == "solaris" && wanted_.os == "illumos";
    }

    void check_build_info(const BuildInfo& info) {
        if (!wanted_.go_version.empty() && info.go_version != wanted_.go_version)
            add("go-version",
                base::format("it was built by {}, not {}", info.go_version, wanted_.go_version));
        if (!wanted_.package.empty() && info.path != wanted_.package)
            add("package", base::format("it is {}, not {}", info.path, wanted_.package));
        if (!info.records_settings) return;
        if (!wanted_.os.empty()) check_setting(info, "target", "GOOS", wanted_.os);
        if (!wanted_.arch.empty()) check_setting(info, "target", "GOARCH", wanted_.arch);
        if (wanted_.cgo) check_setting(info, "cgo", "CGO_ENABLED", *wanted_.cgo ? "1" : "0");
        const bool trimmed = info.setting("-trimpath") == "true";
        if (wanted_.trimpath && trimmed != *wanted_.trimpath)
            add("trimpath",
                trimmed ? "it was built with -trimpath" : "it was built without -trimpath");
        for (const auto& [name, value] : wanted_.settings)
            check_setting(info, "settings", name, value);
    }

    void check_setting(const BuildInfo& info, std::string_view rule, std::string_view name,
                       std::string_view value) {
        const auto actual = info.setting(name);
        if (!actual)
            add(rule,
                base::format("its build information names no {}, {} was asked for", name, value));
        else if (*actual != value)
            add(rule, base::format("it was built with {}={}, not {}", name, *actual, value));
    }

    void check_signature() {
        if (artifact_.format != Format::macho) return;
        if (artifact_.signature && !artifact_.signature->problem.empty())
            add("signature", "its code signature does not hold: " + artifact_.signature->problem);
        // macOS on arm64 ends a program without a signature at its start.
        if (!artifact_.signature && artifact_.arch == "arm64")
            add("signature", "it has no code signature, which arm64 requires");
    }

    const Artifact& artifact_;
    const Expectation& wanted_;
    Findings findings_;
};

}  // namespace

Findings verify(const Artifact& artifact, const Expectation& wanted) {
    return Verifier{part_for(artifact, wanted.arch), wanted}.findings();
}

Expectation expectation_of(const Artifact& artifact) {
    Expectation wanted{.os = std::string{artifact.target_os()},
                       .arch = artifact.arch,
                       .go_version = {},
                       .cgo = std::nullopt,
                       .trimpath = std::nullopt,
                       .is_program = false};
    if (!artifact.build_info) return wanted;
    if (const auto os = artifact.build_info->setting("GOOS")) wanted.os = *os;
    if (const auto arch = artifact.build_info->setting("GOARCH")) wanted.arch = *arch;
    return wanted;
}

Format format_for(std::string_view os) noexcept {
    if (os == "windows") return Format::pe;
    if (os == "darwin" || os == "ios") return Format::macho;
    if (os == "js" || os == "wasip1") return Format::wasm;
    if (os == "plan9") return Format::plan9;
    if (os == "aix") return Format::xcoff;
    return Format::elf;
}

const Artifact& part_for(const Artifact& artifact, std::string_view arch) {
    const auto found = std::find_if(artifact.slices.begin(), artifact.slices.end(),
                                    [&](const Artifact& slice) { return slice.arch == arch; });
    return found == artifact.slices.end() ? artifact : *found;
}

}  // namespace gov::cross
