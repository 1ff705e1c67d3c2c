#include "include/random.h"

#include "kernel_macros.h"

#define WORDS 624
#define MIDDLE 397

/// The upper bit of one word and the lower bits of the next, times the matrix A.
INLINE uint32_t twisted(uint32_t upper, uint32_t lower, uint32_t far) {
  uint32_t mixed = (upper & 0x80000000u) | (lower & 0x7fffffffu);
  return far ^ (mixed >> 1) ^ (-(lower & 1u) & 0x9908b0dfu);
}

/// Replaces all words of the state by the next ones.
///
/// Reads of a word's successor come before writes of it, and the distance to a word already new is 227, more than any
/// vector is long: the iterations may be done in vectors.
INLINE void twist(uint32_t *state) {
  ELEMENTWISE for (int i = 0; i < WORDS - MIDDLE; i++) state[i] = twisted(state[i], state[i + 1], state[i + MIDDLE]);
  ELEMENTWISE for (int i = WORDS - MIDDLE; i < WORDS - 1; i++) {
    state[i] = twisted(state[i], state[i + 1], state[i + MIDDLE - WORDS]);
  }
  state[WORDS - 1] = twisted(state[WORDS - 1], state[0], state[MIDDLE - 1]);
}

INLINE uint32_t tempered(uint32_t word) {
  word ^= word >> 11;
  word ^= (word << 7) & 0x9d2c5680u;
  word ^= (word << 15) & 0xefc60000u;
  return word ^ (word >> 18);
}

void tf_mt_seed(struct tf_mt19937 *generator, uint32_t seed) {
  generator->state[0] = seed;
  for (uint32_t i = 1; i < WORDS; i++) {
    uint32_t last = generator->state[i - 1];
    generator->state[i] = 1812433253u * (last ^ (last >> 30)) + i;
  }
  generator->index = WORDS;
}

CLONES
void tf_mt_discard(struct tf_mt19937 *generator, uint64_t count) {
  while (count > WORDS - generator->index) {
    count -= WORDS - generator->index;
    twist(generator->state);
    generator->index = 0;
  }
  generator->index += (uint32_t)count;
}

CLONES
void tf_mt_fill_u32(struct tf_mt19937 *generator, size_t count, uint32_t *out) {
  while (count > 0) {
    if (generator->index >= WORDS) {
      twist(generator->state);
      generator->index = 0;
    }
    size_t length = WORDS - generator->index < count ? WORDS - generator->index : count;
    const uint32_t *words = generator->state + generator->index;
    ELEMENTWISE for (size_t i = 0; i < length; i++) out[i] = tempered(words[i]);
    generator->index += (uint32_t)length;
    out += length;
    count -= length;
  }
}

CLONES
void tf_mt_uniform_f32(struct tf_mt19937 *generator, size_t count, float a, float b, float *out) {
  float width = b - a;
  while (count > 0) {
    if (generator->index >= WORDS) {
      twist(generator->state);
      generator->index = 0;
    }
    size_t length = WORDS - generator->index < count ? WORDS - generator->index : count;
    const uint32_t *words = generator->state + generator->index;
    ELEMENTWISE for (size_t i = 0; i < length; i++) {
      float u = (float)(int32_t)(tempered(words[i]) & 0xffffffu) * 0x1p-24f;
      out[i] = __builtin_fmaf(u, width, a);
    }
    generator->index += (uint32_t)length;
    out += length;
    count -= length;
  }
}
