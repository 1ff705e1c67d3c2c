#pragma once
#include <stdint.h>

/// Adds to the floating-point operations that this thread has counted.
void tf_count_operations(uint64_t count);

/// The floating-point operations that this thread has counted.
uint64_t tf_counted_operations(void);
