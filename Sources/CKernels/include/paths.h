#pragma once
#include <stddef.h>

// A path is one compilation of every kernel, for one instruction set: "avx512", "avx2" or "plain" on x86-64, "neon" or
// "plain" on AArch64. All give the same bits. The process takes the fastest that its processor has, or the one that the
// environment variable TRAINFREE_KERNELS names.

/// How many paths this build knows, and the name of one of them, fastest first.
size_t tf_path_count(void);
const char *tf_path_name(size_t index);

/// Whether the processor has the instructions of a path.
int tf_path_is_available(size_t index);

/// The path that kernels of this thread take.
size_t tf_path_current(void);

/// Makes the kernels called by this thread take a path that is available; what was packed for another path must not be
/// read meanwhile. An index of tf_path_count() gives the process's choice back.
void tf_path_force(size_t index);

/// The value of TRAINFREE_KERNELS that names no available path, or NULL; the process has then taken the fastest one.
const char *tf_path_refused(void);
