// Compiles every kernel for one path: read by path_*.c with PATH, the name of the path, and the shape of its tiles.
//
// A tile of a product has at most ROWS_MAX rows and VECTORS vectors of VECTOR_BYTES; EACH_TILE(T) says T(rows, vectors)
// for every smaller one. PANELS panels of rows are laid out together.

#include "elementary.h"
#include "fused.h"
#include "kernel_macros.h"
#include "lanes.h"
#include "transposition.h"

#define TEMPLATE "elementwise_template.h"
#include "each_type.h"
#undef TEMPLATE
#define TEMPLATE "reductions_template.h"
#include "each_type.h"
#undef TEMPLATE
#define TEMPLATE "rows_template.h"
#include "each_type.h"
#undef TEMPLATE
#define TEMPLATE "packing_template.h"
#include "each_type.h"
#undef TEMPLATE
#define TEMPLATE "products_template.h"
#include "each_type.h"
#undef TEMPLATE
#include "factorisations.h"
#include "other_kernels.h"

#define JOINED(a, b) a##b
#define PATH_TABLE(path) JOINED(tf_kernels_of_, path)
#define HERE(name) JOINED(here_, name)

const struct tf_kernels PATH_TABLE(PATH) = {
#define TF_KERNEL(result, name, parameters, arguments) .TF_NAME(name) = HERE(TF_NAME(name)),
#include "every_function.h"
#undef TF_KERNEL
};
