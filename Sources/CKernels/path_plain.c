#include "path_table.h"

// Without fused instructions: what every processor of the architecture has.

#define PATH plain
#define IS_EMULATED
#define VECTOR_BYTES 16
#define ROWS_MAX 2
#define VECTORS 2
#define PANELS 1
#define EACH_TILE(T) T(1, 1) T(1, 2) T(2, 1) T(2, 2)

#pragma clang diagnostic ignored "-Wpass-failed"
#include "path.h"
