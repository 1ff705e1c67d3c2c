#pragma once

// Elementary functions of one double, from additions, subtractions, multiplications, divisions and square roots alone, each
// rounded by itself: the bits are the same on every processor, and with every C library.
//
// A unit in the last place (ulp) is that of the result; bounds hold for normal results, and one subnormal step besides.
// NaN gives NaN; so does an argument outside the domain. Signs of zero are those of IEEE 754.

/// exp(x) within 0.51 ulp
double tf_exp(double x);
/// exp(x) - 1 within 0.51 ulp
double tf_expm1(double x);
/// sinh(x) within 0.51 ulp
double tf_sinh(double x);
/// tanh(x) within 0.51 ulp
double tf_tanh(double x);

/// ln(x) within 0.51 ulp
double tf_log(double x);
/// ln(1 + x) within 0.51 ulp
double tf_log1p(double x);
/// The logarithm to base 2 within 0.51 ulp; exact for powers of two
double tf_log2(double x);
/// The logarithm to base 10 within 0.51 ulp; exact for powers of ten
double tf_log10(double x);
/// asinh(x) within 1 ulp
double tf_asinh(double x);
/// atanh(x) within 0.51 ulp
double tf_atanh(double x);

/// x^y within 0.51 ulp, exact where x^y is a double; special cases as IEEE 754's pow
double tf_pow(double x, double y);

/// asin(x) within 1 ulp
double tf_asin(double x);
/// sin(pi x) within 1.5 ulp; exactly 0 at whole numbers
double tf_sin_pi(double x);
/// cos(pi x) within 1.5 ulp; exactly 0 half-way between whole numbers
double tf_cos_pi(double x);

/// The error function within 1.5 ulp
double tf_erf(double x);
/// 1 - erf(x) within 3 ulp, into the far tail
double tf_erfc(double x);

/// ln Gamma(x) for x > 0 within 3 ulp, also next to its zeros at 1 and 2; infinity at 0, NaN below
double tf_log_gamma(double x);
