#pragma once

// Kernels over row-major matrices, for float (suffix _f32) and double (_f64): elementwise functions and reductions,
// functions of whole rows, products, factorisations. The lists of functions are read once per element type; what a list says in
// TF_KERNEL(result, name, (parameters), (arguments)) is declared here, dispatched in dispatch.c and filled in by every path.
// Of what there is for both, a function without a suffix takes TF_FLOAT or TF_DOUBLE first, and addresses of either.

#include <stddef.h>
#include <stdint.h>

/// The element types.
#define TF_FLOAT 0
#define TF_DOUBLE 1

/// y = x
#define TF_ACTIVATION_IDENTITY 0
/// y = tanh(x)
#define TF_ACTIVATION_TANH 1
/// y = 1 / (1 + exp(-x))
#define TF_ACTIVATION_SIGMOID 2
/// y = x for x > 0, else 0.01 x
#define TF_ACTIVATION_LEAKY_RELU 3
/// y = x for x > 0, else 0
#define TF_ACTIVATION_RELU 4

/// y = x Phi(x), with the standard normal distribution function Phi
#define TF_GELU_EXACT 0
/// y = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2
#define TF_GELU_TANH 1

/// c = a b
#define TF_PRODUCT_ASSIGN 0
/// c = c + a b
#define TF_PRODUCT_ADD 1
/// c = c - a b
#define TF_PRODUCT_SUBTRACT 2

#define TF_KERNEL(result, name, parameters, arguments) result TF_NAME(name) parameters;
#include "every_function.h"
#undef TF_KERNEL

#define TF_WITHOUT_PARENTHESES(...) __VA_ARGS__
#define TF_ELEMENT void
#define TF_KERNEL(result, name, parameters, arguments) result name(int element, TF_WITHOUT_PARENTHESES parameters);
#include "element_functions.h"
#undef TF_KERNEL
#undef TF_ELEMENT
