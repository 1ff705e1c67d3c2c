// Read by every_function.h once per element type TF_ELEMENT; TF_NAME adds the type's suffix.
//
// Every element of a product is a chain of fused multiply-adds over the inner index, ascending, inside blocks of 128
// that start at zero; the sums of the blocks are added to one another, or to what is there, in order. So its bits
// depend on its row of a and its column of b alone: not on the processor, on the layout, or on which other elements are
// computed. Only the sign and the payload of a NaN may differ.

/// c = a b, c + a b or c - a b (TF_PRODUCT_ASSIGN, _ADD, _SUBTRACT): a [rows, inner], b [inner, cols], c [rows, cols].
///
/// With `a_transposed` a is stored as [inner, rows], with `b_transposed` b as [cols, inner]. With `is_upper` elements
/// below the diagonal of c are unspecified afterwards. c must overlap neither a nor b.
TF_KERNEL(void, tf_product,
          (size_t rows, size_t cols, size_t inner, const TF_ELEMENT *a, ptrdiff_t as, int a_transposed,
           const TF_ELEMENT *b, ptrdiff_t bs, int b_transposed, TF_ELEMENT *c, ptrdiff_t cs, int mode, int is_upper),
          (rows, cols, inner, a, as, a_transposed, b, bs, b_transposed, c, cs, mode, is_upper))

/// How many elements b [inner, cols] takes when it is laid out by tf_pack. The layout is the path's own.
TF_KERNEL(size_t, tf_packed_count, (size_t inner, size_t cols), (inner, cols))

/// Lays out b [inner, cols], or [cols, inner] with `transposed`, for tf_packed_product.
TF_KERNEL(void, tf_pack,
          (size_t inner, size_t cols, const TF_ELEMENT *b, ptrdiff_t bs, int transposed, TF_ELEMENT *packed),
          (inner, cols, b, bs, transposed, packed))

/// tf_product with b laid out beforehand.
TF_KERNEL(void, tf_packed_product,
          (size_t rows, size_t cols, size_t inner, const TF_ELEMENT *a, ptrdiff_t as, const TF_ELEMENT *packed,
           TF_ELEMENT *c, ptrdiff_t cs, int mode),
          (rows, cols, inner, a, as, packed, c, cs, mode))
