#include "path_table.h"

#if defined(__x86_64__)

#define PATH avx2
#define VECTOR_BYTES 32
#define ROWS_MAX 6
#define VECTORS 2
#define PANELS 2
#define TILES_OF(T, rows) T(rows, 1) T(rows, 2)
#define EACH_TILE(T) TILES_OF(T, 1) TILES_OF(T, 2) TILES_OF(T, 3) TILES_OF(T, 4) TILES_OF(T, 5) TILES_OF(T, 6)

#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)
#include "path.h"
#pragma clang attribute pop

#endif
