#include "counter.h"

static _Thread_local uint64_t operations;

void tf_count_operations(uint64_t count) { operations += count; }

uint64_t tf_counted_operations(void) { return operations; }
