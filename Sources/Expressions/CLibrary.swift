#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Functions of the C library under names that the cases of `ExpressionFunction` do not hide.
enum CLibrary {
  static func naturalLogarithm(_ x: Double) -> Double { log(x) }
  static func binaryLogarithm(_ x: Double) -> Double { log2(x) }
  static func decimalLogarithm(_ x: Double) -> Double { log10(x) }
  static func exponential(_ x: Double) -> Double { exp(x) }
  static func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
}
