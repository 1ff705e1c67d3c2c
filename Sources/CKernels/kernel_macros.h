#pragma once

// Products are never contracted into sums, and fused operations are spelled out: every path gives the same bits.
#pragma STDC FP_CONTRACT OFF

/// Inlined into each kernel, and so compiled for its path.
#define INLINE static inline __attribute__((always_inline))

/// A function that the path's table names.
#define KERNEL static

/// The iterations of the next loop do not depend on each other: operands are the same elements or do not overlap. Never for a
/// loop that adds up: the mark allows the compiler to add in another order.
#define ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")

/// ELEMENTWISE for a long body without memory traffic: two vectors at once hide the latency of its operations.
#define ELEMENTWISE_LONG _Pragma("clang loop vectorize(assume_safety) interleave_count(2)")

/// The next loop has a small constant number of iterations, which become straight-line code.
#define UNROLLED _Pragma("clang loop unroll(full)")

/// Compiles a function once per level of the x86-64 instruction set; the loader picks one for the processor. For integers,
/// whose results cannot depend on the choice, and for draws of one fused operation each; what adds up numbers is a kernel of a
/// path.
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif
