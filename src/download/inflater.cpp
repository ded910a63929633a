// SPDX-License-Identifier: Apache-2.0
#include "download/inflater.hpp"

#include "base/error.hpp"
#include "base/lazy_library.hpp"

#include <isa-l.h>
#include <zlib.h>

#include <algorithm>
#include <limits>

namespace gov::download {

namespace {

constexpr const char* isal_soname = "libisal.so.2";

struct IsalApi {
    base::LazyLibrary library{isal_soname, "libisal2"};
    GOV_SYMBOL(isal_, inflate_init);
    GOV_SYMBOL(isal_, inflate_reset);
    GOV_SYMBOL(isal_, inflate);
    GOV_SYMBOL(, crc32_gzip_refl);
};

struct ZlibApi {
    base::LazyLibrary library{"libz.so.1", "zlib1g"};
    GOV_SYMBOL(, inflateInit2_);
    GOV_SYMBOL(, inflateReset);
    GOV_SYMBOL(, inflateEnd);
    GOV_SYMBOL(, inflate);
    GOV_SYMBOL(, crc32);
};

const IsalApi& isal_api() {
    static const IsalApi api;
    return api;
}

const ZlibApi& zlib_api() {
    static const ZlibApi api;
    return api;
}

bool has_isal() {
    static const bool present = base::LazyLibrary::exists(isal_soname);
    return present;
}

[[noreturn]] void refuse() {
    throw base::Error{"the compressed data is damaged", {}, base::ExitCode::verification};
}

std::uint32_t clipped(std::size_t size) noexcept {
    return static_cast<std::uint32_t>(
        std::min<std::size_t>(size, std::numeric_limits<std::int32_t>::max()));
}

class IsalInflater : public Inflater {
public:
    explicit IsalInflater(Wrapping wrapping) : wrapping_{wrapping} {
        isal_api().inflate_init(&state_);
        state_.crc_flag = wrapping_ == Wrapping::gzip ? ISAL_GZIP : ISAL_DEFLATE;
    }

    Step inflate(base::Bytes input, std::span<std::uint8_t> output) override {
        state_.next_in = const_cast<std::uint8_t*>(input.data());  // isa-l's type; it only reads
        state_.avail_in = clipped(input.size());
        state_.next_out = output.data();
        state_.avail_out = clipped(output.size());
        const std::uint32_t in = state_.avail_in;
        const std::uint32_t out = state_.avail_out;
        const int code = isal_api().inflate(&state_);
        if (code != ISAL_DECOMP_OK && code != ISAL_END_INPUT && code != ISAL_OUT_OVERFLOW) refuse();
        const bool finished = state_.block_state == ISAL_BLOCK_FINISH;
        // isa-l reads ahead, so that bytes behind a raw stream may be in its bit buffer already.
        if (finished && wrapping_ == Wrapping::raw && state_.read_in_length >= 8) refuse();
        return {in - state_.avail_in, out - state_.avail_out, finished};
    }

    void reset() override {
        isal_api().inflate_reset(&state_);
        state_.crc_flag = wrapping_ == Wrapping::gzip ? ISAL_GZIP : ISAL_DEFLATE;
    }

private:
    inflate_state state_;
    Wrapping wrapping_;
};

class ZlibInflater : public Inflater {
public:
    explicit ZlibInflater(Wrapping wrapping) {
        const int bits = wrapping == Wrapping::gzip ? 16 + MAX_WBITS : -MAX_WBITS;
        if (zlib_api().inflateInit2_(&stream_, bits, ZLIB_VERSION, sizeof stream_) != Z_OK)
            throw std::bad_alloc{};
    }
    ZlibInflater(const ZlibInflater&) = delete;
    ZlibInflater& operator=(const ZlibInflater&) = delete;
    ~ZlibInflater() override { zlib_api().inflateEnd(&stream_); }

    Step inflate(base::Bytes input, std::span<std::uint8_t> output) override {
        stream_.next_in = const_cast<Bytef*>(input.data());  // zlib's type; it only reads
        stream_.avail_in = clipped(input.size());
        stream_.next_out = output.data();
        stream_.avail_out = clipped(output.size());
        const uInt in = stream_.avail_in;
        const uInt out = stream_.avail_out;
        const int code = zlib_api().inflate(&stream_, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) refuse();
        return {in - stream_.avail_in, out - stream_.avail_out, code == Z_STREAM_END};
    }

    void reset() override { zlib_api().inflateReset(&stream_); }

private:
    z_stream stream_ = {};
};

}  // namespace

std::unique_ptr<Inflater> Inflater::make(Wrapping wrapping) {
    if (has_isal()) return std::make_unique<IsalInflater>(wrapping);
    return std::make_unique<ZlibInflater>(wrapping);
}

std::uint32_t crc32(std::uint32_t crc, base::Bytes data) {
    if (has_isal()) return isal_api().crc32_gzip_refl(crc, data.data(), data.size());
    return static_cast<std::uint32_t>(zlib_api().crc32(crc, data.data(), clipped(data.size())));
}

}  // namespace gov::download
