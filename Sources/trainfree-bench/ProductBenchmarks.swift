import Foundation
import Glibc
import Tensors

/// Products of the shapes that networks have, in operations a second on one core, beside OpenBLAS where it is installed: a
/// peer that is loaded at run time for this comparison alone. Timings of both alternate, and the smallest of each count.
struct ProductBenchmarks {
  /// c [rows, columns] ← op(a)·op(b) over `inner`.
  private struct Shape {
    var rows: Int
    var columns: Int
    var inner: Int
    var aTransposed = false
    var bTransposed = false
    /// x·xᵀ, one triangle computed and mirrored.
    var isGram = false

    var name: String {
      "\(rows) x \(columns) x \(inner)\(aTransposed ? ", a transposed" : "")\(bTransposed ? ", b transposed" : "")"
        + (isGram ? ", one triangle" : "")
    }
    var operations: Double { (isGram ? 1 : 2) * Double(rows) * Double(columns) * Double(inner) }
  }

  private static let single = [
    Shape(rows: 1024, columns: 1024, inner: 1024), Shape(rows: 50, columns: 600, inner: 600),
    Shape(rows: 50, columns: 2400, inner: 600), Shape(rows: 10, columns: 600, inner: 600),
    Shape(rows: 700, columns: 3000, inner: 600), Shape(rows: 3500, columns: 600, inner: 400),
    Shape(rows: 600, columns: 600, inner: 3500), Shape(rows: 600, columns: 600, inner: 3500, aTransposed: true),
    Shape(rows: 4096, columns: 1024, inner: 256), Shape(rows: 512, columns: 512, inner: 64, bTransposed: true),
    Shape(rows: 512, columns: 512, inner: 64), Shape(rows: 512, columns: 64, inner: 512),
    Shape(rows: 256, columns: 256, inner: 256),
  ]
  private static let double = [
    Shape(rows: 600, columns: 600, inner: 3500, bTransposed: true, isGram: true),
    Shape(rows: 256, columns: 256, inner: 256),
  ]

  static func run() {
    let peer = OpenBLAS()
    print(
      "products on one core, kernels \(KernelPath.current), GFLOP/s laid out before / in each call"
        + (peer.map { ", beside OpenBLAS (\($0.core)) in the same run:" } ?? "; OpenBLAS is not installed:"))
    for shape in single {
      line(shape, Float.self, peer.map { peer in { peer.single($0, $1, $2, shape.aTransposed, shape.bTransposed) } })
    }
    for shape in double {
      line(
        shape, Double.self,
        peer.map { peer in { peer.double($0, $1, $2, shape.aTransposed, shape.bTransposed, isGram: shape.isGram) } })
    }
  }

  private static func line<Element: TensorElement>(
    _ shape: Shape, _: Element.Type, _ peer: ((Tensor<Element>, Tensor<Element>, Tensor<Element>) -> Void)?
  ) {
    let workspace = Workspace()
    func matrix(_ rows: Int, _ columns: Int) -> Tensor<Element> {
      let tensor: Tensor<Element> = workspace.tensor(rows, columns)
      for index in 0..<tensor.count { tensor.pointer[index] = Element(index * 7919 % 2001 - 1000) / 997 }
      return tensor
    }
    let a = shape.aTransposed ? matrix(shape.inner, shape.rows) : matrix(shape.rows, shape.inner)
    let b =
      shape.isGram ? a : shape.bTransposed ? matrix(shape.columns, shape.inner) : matrix(shape.inner, shape.columns)
    let c = matrix(shape.rows, shape.columns)
    let packed = shape.bTransposed ? PackedMatrix(transposeOf: b, workspace) : PackedMatrix(b, workspace)
    let repeats = max(1, Int(2e9 / shape.operations))
    var best = (packed: Double.infinity, each: Double.infinity, peer: Double.infinity)
    for _ in 0..<9 {
      if !shape.aTransposed, !shape.isGram {
        best.packed = min(best.packed, seconds(repeats) { c.assignProduct(a, packed) })
      }
      best.each = min(
        best.each,
        seconds(repeats) {
          c.assignProduct(
            a, transposed: shape.aTransposed, b, rightTransposed: shape.bTransposed, isUpper: shape.isGram)
        })
      if let peer { best.peer = min(best.peer, seconds(repeats) { peer(a, b, c) }) }
    }
    func rate(_ seconds: Double) -> String {
      seconds.isFinite ? String(format: "%.0f", shape.operations * Double(repeats) / seconds / 1e9) : "–"
    }
    let ratio =
      peer == nil ? "" : String(format: "; %@, ratio %.2f", rate(best.peer), best.peer / min(best.packed, best.each))
    print("  \(Element.self) \(shape.name): \(rate(best.packed)) / \(rate(best.each))\(ratio)")
  }

  private static func seconds(_ repeats: Int, _ body: () -> Void) -> Double {
    Stopwatch.seconds(1) { for _ in 0..<repeats { body() } }.smallest
  }
}

/// The functions of OpenBLAS that are compared with, on one thread, from the library that the system finds.
private struct OpenBLAS {
  private typealias SGEMM =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>?, Int32, UnsafePointer<Float>?, Int32,
      Float,
      UnsafeMutablePointer<Float>?, Int32
    ) -> Void
  private typealias DGEMM =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Double, UnsafePointer<Double>?, Int32, UnsafePointer<Double>?, Int32,
      Double, UnsafeMutablePointer<Double>?, Int32
    ) -> Void
  private typealias DSYRK =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Double, UnsafePointer<Double>?, Int32, Double, UnsafeMutablePointer<Double>?,
      Int32
    ) -> Void

  // The constants of CBLAS.
  private static let (rowMajor, asIs, turned, upper): (Int32, Int32, Int32, Int32) = (101, 111, 112, 121)

  let core: String
  private let sgemm: SGEMM
  private let dgemm: DGEMM
  private let dsyrk: DSYRK

  /// Nil when it is not installed.
  init?() {
    guard let library = dlopen("libopenblas.so.0", RTLD_NOW), let single = dlsym(library, "cblas_sgemm"),
      let double = dlsym(library, "cblas_dgemm"), let gram = dlsym(library, "cblas_dsyrk"),
      let threads = dlsym(library, "openblas_set_num_threads"), let name = dlsym(library, "openblas_get_corename")
    else { return nil }
    sgemm = unsafeBitCast(single, to: SGEMM.self)
    dgemm = unsafeBitCast(double, to: DGEMM.self)
    dsyrk = unsafeBitCast(gram, to: DSYRK.self)
    unsafeBitCast(threads, to: (@convention(c) (Int32) -> Void).self)(1)
    core = String(cString: unsafeBitCast(name, to: (@convention(c) () -> UnsafePointer<CChar>).self)())
  }

  func single(_ a: Tensor<Float>, _ b: Tensor<Float>, _ c: Tensor<Float>, _ aTurned: Bool, _ bTurned: Bool) {
    sgemm(
      Self.rowMajor, aTurned ? Self.turned : Self.asIs, bTurned ? Self.turned : Self.asIs, Int32(c.rows),
      Int32(c.columns), Int32(aTurned ? a.rows : a.columns), 1, a.pointer, Int32(a.stride), b.pointer, Int32(b.stride),
      0,
      c.pointer, Int32(c.stride))
  }

  func double(
    _ a: Tensor<Double>, _ b: Tensor<Double>, _ c: Tensor<Double>, _ aTurned: Bool, _ bTurned: Bool, isGram: Bool
  ) {
    if isGram {
      dsyrk(
        Self.rowMajor, Self.upper, Self.asIs, Int32(c.rows), Int32(a.columns), 1, a.pointer, Int32(a.stride), 0,
        c.pointer, Int32(c.stride))
    } else {
      dgemm(
        Self.rowMajor, aTurned ? Self.turned : Self.asIs, bTurned ? Self.turned : Self.asIs, Int32(c.rows),
        Int32(c.columns), Int32(aTurned ? a.rows : a.columns), 1, a.pointer, Int32(a.stride), b.pointer,
        Int32(b.stride),
        0, c.pointer, Int32(c.stride))
    }
  }
}
