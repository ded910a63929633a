// SPDX-License-Identifier: Apache-2.0
#pragma once
// Random texts for properties that must hold for all of them; the same ones at every run.

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace gov::tests {

class RandomText {
public:
    explicit RandomText(unsigned seed) : engine_{seed} {}

    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>{0, limit - 1}(engine_);
    }

    // Some of `pieces`, fewer than `limit`, one after the other.
    std::string of(const std::vector<std::string>& pieces, std::size_t limit) {
        std::string text;
        for (std::size_t count = below(limit); count > 0; --count)
            text += pieces[below(pieces.size())];
        return text;
    }

private:
    std::mt19937 engine_;
};

}  // namespace gov::tests
