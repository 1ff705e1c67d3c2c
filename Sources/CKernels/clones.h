#pragma once

// CLONES compiles a function once per level of the x86-64 instruction set; the loader picks one for the processor. It is for
// integers, whose results cannot depend on the choice, and for draws of one fused operation each; what adds up numbers is a
// kernel of a path.

#include "kernel_macros.h"

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif
