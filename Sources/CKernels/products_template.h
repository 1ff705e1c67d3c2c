// Matrix products for one element type and one path; see path.h.
//
// Every element of C is a chain of fused multiply-adds over the inner index, ascending, inside blocks of BLOCK; the
// sums of the blocks are added in order. A lane of a vector is one element of C, so that its bits depend neither on the
// width of vectors nor on tiles, layout or how rows and columns are divided.

#define BLOCK 128
#define LANES (VECTOR_BYTES / (int)sizeof(E))
/// Columns of a whole panel of b.
#define WIDTH (VECTORS * LANES)
/// Columns of b that are used for all rows before the next ones: about 512 KiB of a block.
#define BREADTH ((512 << 10) / BLOCK / (int)sizeof(E) / WIDTH * WIDTH)
/// Up to so many rows, b is read where it stands rather than laid out.
#define FEW_ROWS 64

typedef E NAME(vector) __attribute__((ext_vector_type(LANES)));
#define VECTOR NAME(vector)

INLINE VECTOR NAME(load_vector)(const E *from) {
  VECTOR value;
  memcpy(&value, from, sizeof value);
  return value;
}

INLINE void NAME(store_tile)(int rows, int vectors, VECTOR (*sum)[VECTORS], E *c, ptrdiff_t cs, int mode) {
  UNROLLED for (int r = 0; r < rows; r++) {
    UNROLLED for (int v = 0; v < vectors; v++) {
      E *to = c + r * cs + v * LANES;
      VECTOR value = sum[r][v];
      if (mode == TF_PRODUCT_ADD) value = NAME(load_vector)(to) + value;
      if (mode == TF_PRODUCT_SUBTRACT) value = NAME(load_vector)(to) - value;
      memcpy(to, &value, sizeof value);
    }
  }
}

/// c [rows, vectors * LANES] <- or += or -= a [rows, depth] * b [depth, vectors * LANES], with element (r, k) of a at
/// a[r * aRow + k * aStep]. With `ahead`, fetches the panel that stands `ahead` columns on in each row of b.
INLINE void NAME(tile)(int rows, int vectors, size_t depth, const E *a, ptrdiff_t aRow, ptrdiff_t aStep, const E *b,
                       ptrdiff_t bs, E *c, ptrdiff_t cs, int mode, int ahead) {
  VECTOR sum[ROWS_MAX][VECTORS];
  UNROLLED for (int r = 0; r < rows; r++) {
    __builtin_prefetch(c + r * cs, 1);
    UNROLLED for (int v = 0; v < vectors; v++) sum[r][v] = (E)0;
  }
  for (size_t k = 0; k < depth; k++) {
    VECTOR right[VECTORS];
    UNROLLED for (int v = 0; v < vectors; v++) {
      right[v] = NAME(load_vector)(b + v * LANES);
      if (ahead > 0) __builtin_prefetch(b + ahead + v * LANES);
    }
    UNROLLED for (int r = 0; r < rows; r++) {
      VECTOR left;
      left = a[r * aRow];
      UNROLLED for (int v = 0; v < vectors; v++) sum[r][v] = FUSED_VECTOR(left, right[v], sum[r][v]);
    }
    a += aStep;
    b += bs;
  }
  NAME(store_tile)(rows, vectors, sum, c, cs, mode);
}

typedef void (*NAME(tile_function))(size_t depth, const E *a, const E *b, ptrdiff_t bs, E *c, ptrdiff_t cs, int mode);

// How a tile reads its factors: rows of a BLOCK apart, or columns of a ROWS_MAX apart; b in a panel without gaps, or in
// rows bs apart, or there with the next panel fetched ahead.
#define ROWS_BY_PANEL 0
#define COLUMNS_BY_PANEL 1
#define ROWS_BY_MATRIX 2
#define ROWS_BY_DISTANT_MATRIX 3

#define TILE_OF_KIND(ROWS, COUNT, KIND, A_ROW, A_STEP, B_STEP, AHEAD)                                                  \
  static void NAME(tile_##ROWS##_##COUNT##_##KIND)(size_t depth, const E *a, const E *b, ptrdiff_t bs, E *c,           \
                                                   ptrdiff_t cs, int mode) {                                           \
    (void)bs;                                                                                                          \
    NAME(tile)(ROWS, COUNT, depth, a, A_ROW, A_STEP, b, B_STEP, c, cs, mode, AHEAD);                                   \
  }
#define TILE(ROWS, COUNT)                                                                                              \
  TILE_OF_KIND(ROWS, COUNT, 0, BLOCK, 1, (COUNT) * LANES, 0)                                                              \
  TILE_OF_KIND(ROWS, COUNT, 1, 1, ROWS_MAX, (COUNT) * LANES, 0)                                                           \
  TILE_OF_KIND(ROWS, COUNT, 2, BLOCK, 1, bs, 0)                                                                        \
  TILE_OF_KIND(ROWS, COUNT, 3, BLOCK, 1, bs, WIDTH)
EACH_TILE(TILE)
#undef TILE
#undef TILE_OF_KIND

#define TILE(ROWS, COUNT)                                                                                              \
  [ROWS - 1][COUNT - 1] = {NAME(tile_##ROWS##_##COUNT##_0), NAME(tile_##ROWS##_##COUNT##_1),                           \
                           NAME(tile_##ROWS##_##COUNT##_2), NAME(tile_##ROWS##_##COUNT##_3)},
static const NAME(tile_function) NAME(tiles)[ROWS_MAX][VECTORS][4] = {EACH_TILE(TILE)};
#undef TILE

/// The vectors that hold some columns.
INLINE int NAME(vectors_of)(size_t columns) { return (int)((columns + LANES - 1) / LANES); }

/// Lays out columns start ... start + count of b [depth, any], or of its transpose, as rows of whole vectors.
static void NAME(pack_panel)(size_t depth, size_t count, const E *b, ptrdiff_t bs, int transposed, E *panel) {
  size_t width = (size_t)NAME(vectors_of)(count) * LANES;
  if (!transposed) {
    for (size_t k = 0; k < depth; k++) {
      const E *row = b + (ptrdiff_t)k * bs;
      E *to = panel + k * width;
      if (count == WIDTH) {
        memcpy(to, row, WIDTH * sizeof(E));
      } else {
        memcpy(to, row, count * sizeof(E));
        memset(to + count, 0, (width - count) * sizeof(E));
      }
    }
    return;
  }
  size_t column = 0;
  for (; column + 8 <= count; column += 8) {
    size_t k = 0;
    for (; k + 8 <= depth; k += 8) {
      NAME(transpose_tile)(b + (ptrdiff_t)column * bs + (ptrdiff_t)k, bs, panel + k * width + column, (ptrdiff_t)width);
    }
    for (; k < depth; k++) {
      for (size_t i = column; i < column + 8; i++) panel[k * width + i] = b[(ptrdiff_t)i * bs + (ptrdiff_t)k];
    }
  }
  for (; column < count; column++) {
    for (size_t k = 0; k < depth; k++) panel[k * width + column] = b[(ptrdiff_t)column * bs + (ptrdiff_t)k];
  }
  for (; column < width; column++) {
    for (size_t k = 0; k < depth; k++) panel[k * width + column] = 0;
  }
}

KERNEL size_t NAME(tf_packed_count)(size_t inner, size_t cols) {
  return inner * (cols / WIDTH * WIDTH + (size_t)NAME(vectors_of)(cols % WIDTH) * LANES);
}

KERNEL void NAME(tf_pack)(size_t inner, size_t cols, const E *b, ptrdiff_t bs, int transposed, E *panels) {
  for (size_t left = 0; left < cols; left += WIDTH) {
    size_t count = cols - left < WIDTH ? cols - left : WIDTH;
    NAME(pack_panel)(inner, count, transposed ? b + (ptrdiff_t)left * bs : b + left, bs, transposed,
                     panels + left * inner);
  }
}

/// What a product is made of; b is laid out in panels when `isPacked`.
struct NAME(factors) {
  const E *a, *b;
  ptrdiff_t as, bs;
  int aTransposed, bTransposed, isPacked, mode, isUpper, isExtreme;
  size_t rows, cols, inner;
  E *c;
  ptrdiff_t cs;
};

#ifdef IS_EMULATED
/// A tile of factors for which FUSED_VECTOR is not exact.
static void NAME(extreme_tile)(size_t rows, size_t cols, size_t depth, const E *a, ptrdiff_t aRow, ptrdiff_t aStep,
                               const E *b, ptrdiff_t bs, E *c, ptrdiff_t cs, int mode) {
  for (size_t r = 0; r < rows; r++) {
    for (size_t column = 0; column < cols; column++) {
      E sum = 0;
      for (size_t k = 0; k < depth; k++) {
        sum = MATH(fused)(a[(ptrdiff_t)r * aRow + (ptrdiff_t)k * aStep], b[(ptrdiff_t)k * bs + (ptrdiff_t)column], sum);
      }
      E *to = c + (ptrdiff_t)r * cs + (ptrdiff_t)column;
      *to = mode == TF_PRODUCT_ADD ? *to + sum : mode == TF_PRODUCT_SUBTRACT ? *to - sum : sum;
    }
  }
}

/// Whether FUSED_VECTOR is exact for every element of a factor.
static int NAME(is_moderate)(size_t rows, size_t cols, const E *x, ptrdiff_t xs) {
  if (sizeof(E) == sizeof(float)) return 1;
  for (size_t r = 0; r < rows; r++) {
    for (size_t c = 0; c < cols; c++) {
      if (!is_moderate_f64(x[(ptrdiff_t)r * xs + (ptrdiff_t)c])) return 0;
    }
  }
  return 1;
}
#endif

/// The tile of c at a row and a column; columns past the last vector of b are cut off.
INLINE void NAME(put_tile)(const struct NAME(factors) * p, size_t top, size_t height, size_t left, size_t count,
                           int kind, size_t depth, const E *a, const E *b, ptrdiff_t bs, int mode) {
  int vectors = NAME(vectors_of)(count);
  NAME(tile_function) function = NAME(tiles)[height - 1][vectors - 1][kind];
  E *c = p->c + (ptrdiff_t)top * p->cs + (ptrdiff_t)left;
#ifdef IS_EMULATED
  if (p->isExtreme) {
    int isByColumn = kind == COLUMNS_BY_PANEL;
    NAME(extreme_tile)(height, count, depth, a, isByColumn ? 1 : BLOCK, isByColumn ? ROWS_MAX : 1, b,
                       bs != 0 ? bs : vectors * LANES, c, p->cs, mode);
    return;
  }
#endif
  if (count == (size_t)vectors * LANES) {
    function(depth, a, b, bs, c, p->cs, mode);
    return;
  }
  E whole[ROWS_MAX * WIDTH];
  function(depth, a, b, bs, whole, WIDTH, TF_PRODUCT_ASSIGN);
  for (size_t r = 0; r < height; r++) {
    E *to = c + (ptrdiff_t)r * p->cs;
    const E *from = whole + r * WIDTH;
    for (size_t column = 0; column < count; column++) {
      E sum = from[column];
      to[column] = mode == TF_PRODUCT_ADD ? to[column] + sum : mode == TF_PRODUCT_SUBTRACT ? to[column] - sum : sum;
    }
  }
}

/// Rows top ... top + height of a, inner start ... start + depth, laid out for tiles.
INLINE void NAME(copy_rows)(const struct NAME(factors) * p, size_t top, size_t height, size_t start, size_t depth,
                            E *to) {
  if (p->aTransposed) {
    const E *from = p->a + (ptrdiff_t)start * p->as + (ptrdiff_t)top;
    for (size_t k = 0; k < depth; k++) {
      if (height == ROWS_MAX) {
        memcpy(to + k * ROWS_MAX, from + (ptrdiff_t)k * p->as, ROWS_MAX * sizeof(E));
      } else {
        memcpy(to + k * ROWS_MAX, from + (ptrdiff_t)k * p->as, height * sizeof(E));
      }
    }
    return;
  }
  const E *from = p->a + (ptrdiff_t)top * p->as + (ptrdiff_t)start;
  for (size_t r = 0; r < height; r++) memcpy(to + r * BLOCK, from + (ptrdiff_t)r * p->as, depth * sizeof(E));
}

/// A product, by blocks of at most `breadth` columns (a multiple of WIDTH), laid out in `block` unless b is packed or
/// read where it stands.
static void NAME(run_product)(const struct NAME(factors) * p, size_t breadth, E *block) {
  E rows[PANELS][ROWS_MAX * BLOCK] __attribute__((aligned(64)));
  E tail[BLOCK * LANES] __attribute__((aligned(64)));
  int isRead = !p->isPacked && block == NULL;
  size_t panels = (p->rows + ROWS_MAX - 1) / ROWS_MAX;
  size_t height = (p->rows + panels - 1) / panels, taller = p->rows - (height - 1) * panels;
  for (size_t left = 0; left < p->cols; left += breadth) {
    size_t right = p->cols - left < breadth ? p->cols : left + breadth;
    for (size_t start = 0; start < p->inner; start += BLOCK) {
      size_t depth = p->inner - start < BLOCK ? p->inner - start : BLOCK;
      int mode = start > 0 && p->mode == TF_PRODUCT_ASSIGN ? TF_PRODUCT_ADD : p->mode;
      const E *b = p->b + (p->bTransposed ? (ptrdiff_t)left * p->bs + (ptrdiff_t)start
                                          : (ptrdiff_t)start * p->bs + (ptrdiff_t)left);
      if (block != NULL) NAME(tf_pack)(depth, right - left, b, p->bs, p->bTransposed, block);
      size_t odd = (right - left) % LANES;
      if (isRead && odd > 0) NAME(pack_panel)(depth, odd, b + (right - left) - odd, p->bs, 0, tail);
      size_t top = 0;
      for (size_t panel = 0; panel < panels; panel += PANELS) {
        size_t some = panels - panel < PANELS ? panels - panel : PANELS;
        size_t heights[PANELS], tops[PANELS];
        for (size_t i = 0; i < some; i++) {
          tops[i] = top;
          heights[i] = panel + i < taller ? height : height - 1;
          top += heights[i];
          NAME(copy_rows)(p, tops[i], heights[i], start, depth, rows[i]);
        }
        for (size_t column = left; column < right; column += WIDTH) {
          size_t count = right - column < WIDTH ? right - column : WIDTH;
          if (p->isUpper && column + count <= tops[0]) continue;
          if (isRead) {
            size_t whole = count / LANES * LANES;
            int kind = panel == 0 && column + 2 * WIDTH <= right ? ROWS_BY_DISTANT_MATRIX : ROWS_BY_MATRIX;
            for (size_t i = 0; i < some; i++) {
              if (whole > 0) {
                NAME(put_tile)(p, tops[i], heights[i], column, whole, kind, depth, rows[i], b + (column - left), p->bs,
                               mode);
              }
              if (whole < count) {
                NAME(put_tile)(p, tops[i], heights[i], column + whole, count - whole, ROWS_BY_PANEL, depth, rows[i],
                               tail, 0, mode);
              }
            }
            continue;
          }
          size_t width = (size_t)NAME(vectors_of)(count) * LANES;
          const E *from = block != NULL ? block + (column - left) * depth : p->b + column * p->inner + start * width;
          int kind = p->aTransposed ? COLUMNS_BY_PANEL : ROWS_BY_PANEL;
          for (size_t i = 0; i < some; i++) {
            NAME(put_tile)(p, tops[i], heights[i], column, count, kind, depth, rows[i], from, 0, mode);
          }
        }
      }
    }
  }
}

/// What is to be done is done when there is nothing to add up.
INLINE int NAME(is_empty)(const struct NAME(factors) * p) {
  if (p->rows == 0 || p->cols == 0) return 1;
  if (p->inner > 0) return 0;
  for (size_t r = 0; r < p->rows && p->mode == TF_PRODUCT_ASSIGN; r++) {
    memset(p->c + (ptrdiff_t)r * p->cs, 0, p->cols * sizeof(E));
  }
  return 1;
}

KERNEL void NAME(tf_product)(size_t rows, size_t cols, size_t inner, const E *a, ptrdiff_t as, int aTransposed,
                             const E *b, ptrdiff_t bs, int bTransposed, E *c, ptrdiff_t cs, int mode, int isUpper) {
  struct NAME(factors) p = {a, b, as, bs, aTransposed, bTransposed, 0, mode, isUpper, 0, rows, cols, inner, c, cs};
  if (NAME(is_empty)(&p)) return;
#ifdef IS_EMULATED
  p.isExtreme = !NAME(is_moderate)(aTransposed ? inner : rows, aTransposed ? rows : inner, a, as) ||
                !NAME(is_moderate)(bTransposed ? cols : inner, bTransposed ? inner : cols, b, bs);
#endif
  if (rows <= FEW_ROWS && !aTransposed && !bTransposed) {
    NAME(run_product)(&p, BREADTH, NULL);
    return;
  }
  size_t breadth = cols < BREADTH ? (cols + WIDTH - 1) / WIDTH * WIDTH : BREADTH;
  size_t depth = inner < BLOCK ? inner : BLOCK;
  E *block = aligned_alloc(64, (breadth * depth * sizeof(E) + 63) / 64 * 64);
  if (block != NULL) {
    NAME(run_product)(&p, breadth, block);
    free(block);
  } else {
    E panel[WIDTH * BLOCK] __attribute__((aligned(64)));
    NAME(run_product)(&p, WIDTH, panel);
  }
}

KERNEL void NAME(tf_packed_product)(size_t rows, size_t cols, size_t inner, const E *a, ptrdiff_t as, const E *packed,
                                    E *c, ptrdiff_t cs, int mode) {
  struct NAME(factors) p = {a, packed, as, 0, 0, 0, 1, mode, 0, 0, rows, cols, inner, c, cs};
  if (NAME(is_empty)(&p)) return;
#ifdef IS_EMULATED
  p.isExtreme =
      !NAME(is_moderate)(rows, inner, a, as) || !NAME(is_moderate)(1, NAME(tf_packed_count)(inner, cols), packed, 0);
#endif
  NAME(run_product)(&p, BREADTH, NULL);
}

#undef BLOCK
#undef LANES
#undef WIDTH
#undef BREADTH
#undef FEW_ROWS
#undef VECTOR
#undef ROWS_BY_PANEL
#undef COLUMNS_BY_PANEL
#undef ROWS_BY_MATRIX
#undef ROWS_BY_DISTANT_MATRIX
