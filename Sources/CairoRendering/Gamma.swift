#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The exponent of sRGB's transfer curve.
enum Gamma {
  /// x^2.4.
  static func power(_ x: Double) -> Double { pow(x, 2.4) }
}
