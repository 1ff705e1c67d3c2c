import CKernels

/// Elementary functions with the same bits on every processor and with every C library.
///
/// They take any argument. NaN gives NaN, and so does an argument outside the domain; signs of zero, infinities and special
/// cases are those of IEEE 754. An ulp is a unit in the last place of the result; a subnormal result may be one subnormal step
/// off. Each takes 10 to 50 ns.
package enum Elementary {
  /// eˣ within 0.51 ulp.
  package static func exp(_ x: Double) -> Double { tf_exp(x) }

  /// eˣ − 1 within 0.51 ulp, without cancellation at 0.
  package static func expm1(_ x: Double) -> Double { tf_expm1(x) }

  /// ln x within 0.51 ulp; −∞ at 0, NaN below.
  package static func log(_ x: Double) -> Double { tf_log(x) }

  /// ln(1 + x) within 0.51 ulp, without cancellation at 0; −∞ at −1, NaN below.
  package static func log1p(_ x: Double) -> Double { tf_log1p(x) }

  /// log₂ x within 0.51 ulp, exact for powers of two; −∞ at 0, NaN below.
  package static func log2(_ x: Double) -> Double { tf_log2(x) }

  /// log₁₀ x within 0.51 ulp, exact for powers of ten; −∞ at 0, NaN below.
  package static func log10(_ x: Double) -> Double { tf_log10(x) }

  /// xʸ within 0.51 ulp, exact where it is a double; NaN for a negative x and a y that is not whole.
  ///
  /// x⁰ and 1ʸ are 1 even for NaN, and negative zeros and infinities keep their sign for odd y, as IEEE 754's pow has it.
  package static func pow(_ x: Double, _ y: Double) -> Double { tf_pow(x, y) }
}

extension Elementary {
  /// (eˣ − e⁻ˣ)/2 within 0.51 ulp.
  package static func sinh(_ x: Double) -> Double { tf_sinh(x) }

  /// (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ) within 0.51 ulp.
  package static func tanh(_ x: Double) -> Double { tf_tanh(x) }

  /// ln(x + √(x² + 1)) within 1 ulp.
  package static func asinh(_ x: Double) -> Double { tf_asinh(x) }

  /// ½ ln((1 + x)/(1 − x)) within 0.51 ulp; ±∞ at ±1, NaN beyond.
  package static func atanh(_ x: Double) -> Double { tf_atanh(x) }
}

extension Elementary {
  /// arcsin x in −π/2 … π/2 within 1 ulp; NaN beyond ±1.
  package static func asin(_ x: Double) -> Double { tf_asin(x) }

  /// sin πx within 1.5 ulp, 0 at whole numbers; NaN for infinities.
  package static func sinPi(_ x: Double) -> Double { tf_sin_pi(x) }

  /// cos πx within 1.5 ulp, 0 half-way between whole numbers; NaN for infinities.
  package static func cosPi(_ x: Double) -> Double { tf_cos_pi(x) }
}

extension Elementary {
  /// The error function (2/√π) ∫₀ˣ exp(−t²) dt within 1.5 ulp.
  package static func erf(_ x: Double) -> Double { tf_erf(x) }

  /// 1 − erf x within 3 ulp, of its own size however small it is.
  package static func erfc(_ x: Double) -> Double { tf_erfc(x) }

  /// ln Γ(x) for x > 0 within 3 ulp, also next to its zeros at 1 and 2; ∞ at 0, NaN below.
  package static func logGamma(_ x: Double) -> Double { tf_log_gamma(x) }
}
