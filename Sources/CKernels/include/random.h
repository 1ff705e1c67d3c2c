#pragma once
#include <stddef.h>
#include <stdint.h>

/// The Mersenne Twister MT19937 of Matsumoto and Nishimura (1998). `index` counts the words of `state` already drawn.
struct tf_mt19937 {
  uint32_t state[624];
  uint32_t index;
};

/// The state that the reference code's init_genrand makes of a seed.
void tf_mt_seed(struct tf_mt19937 *generator, uint32_t seed);

/// Skips `count` draws.
void tf_mt_discard(struct tf_mt19937 *generator, uint64_t count);

/// The next `count` draws.
void tf_mt_fill_u32(struct tf_mt19937 *generator, size_t count, uint32_t *out);

/// The next `count` draws r as fma(u, b - a, a) with u = (r mod 2^24) 2^-24.
void tf_mt_uniform_f32(struct tf_mt19937 *generator, size_t count, float a, float b, float *out);
