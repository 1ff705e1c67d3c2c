#pragma once

// CLONES compiles a function once per level of the x86-64 instruction set; the loader picks one for the processor.
// Products are never contracted into sums and fused operations are spelled out, so every variant gives the same bits.

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif

/// Inlined into each variant, and so compiled for it.
#define INLINE static inline __attribute__((always_inline))

/// The iterations of the next loop do not depend on each other: operands are the same elements or do not overlap. Never for a
/// loop that adds up: the mark allows the compiler to add in another order.
#define ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")

/// ELEMENTWISE for a long body without memory traffic: two vectors at once hide the latency of its operations.
#define ELEMENTWISE_LONG _Pragma("clang loop vectorize(assume_safety) interleave_count(2)")
