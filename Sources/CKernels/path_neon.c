#include "path_table.h"

#if defined(__aarch64__)

#define PATH neon
#define VECTOR_BYTES 16
#define ROWS_MAX 6
#define VECTORS 4
#define PANELS 1
#define TILES_OF(T, rows) T(rows, 1) T(rows, 2) T(rows, 3) T(rows, 4)
#define EACH_TILE(T) TILES_OF(T, 1) TILES_OF(T, 2) TILES_OF(T, 3) TILES_OF(T, 4) TILES_OF(T, 5) TILES_OF(T, 6)

#include "path.h"

#endif
