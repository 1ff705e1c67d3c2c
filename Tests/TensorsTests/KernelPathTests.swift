import Tensors
import TestSupport
import Testing

/// Every path computes what the rule of products says, to the bit: chains of fused multiply-adds in blocks of 128.
@Suite struct KernelPathTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    var rows: Int
    var inner: Int
    var columns: Int
    var testDescription: String { "\(rows) x \(inner) x \(columns)" }
  }

  static let shapes = [
    Shape(rows: 1, inner: 1, columns: 1), Shape(rows: 7, inner: 129, columns: 49),
    Shape(rows: 8, inner: 128, columns: 48),
    Shape(rows: 9, inner: 300, columns: 17), Shape(rows: 50, inner: 60, columns: 113),
    Shape(rows: 70, inner: 257, columns: 33), Shape(rows: 65, inner: 5, columns: 200),
    Shape(rows: 3, inner: 0, columns: 4),
  ]

  enum Numbers: CaseIterable, Sendable {
    case ordinary, mixedMagnitudes, subnormal, sparse, anyBits
  }

  private struct Source<Element: TensorElement> {
    var numbers: SampleNumbers
    var kind: Numbers

    mutating func next() -> Element {
      let ordinary = Element(numbers.next())
      let exponent = numbers.next()
      switch kind {
      case .ordinary: return ordinary
      case .mixedMagnitudes: return scaled(ordinary, exponent * Double(Element.greatestFiniteMagnitude.exponent) * 0.9)
      case .subnormal: return scaled(ordinary, Double(Element.leastNormalMagnitude.exponent) + 4 * exponent)
      case .sparse: return exponent < 0 ? (ordinary < 0 ? 0 : -0.0) : ordinary
      case .anyBits:
        let bits = numbers.next().bitPattern &* 0x9E37_79B9_7F4A_7C15
        if Element.self == Float.self { return Element(Float(bitPattern: UInt32(truncatingIfNeeded: bits >> 17))) }
        return Element(Double(bitPattern: bits))
      }
    }

    private func scaled(_ value: Element, _ exponent: Double) -> Element {
      Element(sign: .plus, exponent: Element.Exponent(Int(exponent)), significand: value)
    }
  }

  /// A view with a gap between rows.
  private func matrix<Element: TensorElement>(
    _ rows: Int, _ columns: Int, _ source: inout Source<Element>, _ workspace: Workspace
  ) -> Tensor<Element> {
    let view = (workspace.tensor(rows, columns + 3) as Tensor<Element>).columns(1..<columns + 1)
    for row in 0..<rows { for column in 0..<columns { view[row, column] = source.next() } }
    return view
  }

  private func transpose<Element: TensorElement>(_ x: Tensor<Element>, _ workspace: Workspace) -> Tensor<Element> {
    let result: Tensor<Element> = workspace.tensor(x.columns, x.rows)
    for row in 0..<x.rows { for column in 0..<x.columns { result[column, row] = x[row, column] } }
    return result
  }

  /// The rule, written out.
  private func expected<Element: TensorElement>(
    _ a: Tensor<Element>, _ b: Tensor<Element>, addedTo old: Tensor<Element>?
  ) -> [Element] {
    (0..<a.rows).flatMap { row in
      (0..<b.columns).map { column in
        var result = old?[row, column]
        for start in stride(from: 0, to: a.columns, by: 128) {
          var chain: Element = 0
          for k in start..<min(start + 128, a.columns) { chain = chain.addingProduct(a[row, k], b[k, column]) }
          result = result.map { $0 + chain } ?? chain
        }
        return result ?? 0
      }
    }
  }

  /// The bits, but for those of NaN, whose sign and payload are the processor's.
  private func bits<Element: TensorElement>(_ values: [Element]) -> [UInt64] {
    values.map { value in
      if value.isNaN { return .max }
      if let value = value as? Float { return UInt64(value.bitPattern) }
      return Double(value).bitPattern
    }
  }

  private func check<Element: TensorElement>(_ shape: Shape, _ kind: Numbers, _: Element.Type) {
    let workspace = Workspace()
    var source = Source<Element>(numbers: SampleNumbers(shape.rows + 31 * shape.columns), kind: kind)
    let a = matrix(shape.rows, shape.inner, &source, workspace)
    let b = matrix(shape.inner, shape.columns, &source, workspace)
    let old = matrix(shape.rows, shape.columns, &source, workspace)
    let (turnedA, turnedB) = (transpose(a, workspace), transpose(b, workspace))
    for isAdded in [false, true] {
      let wanted = bits(expected(a, b, addedTo: isAdded ? old : nil))
      for path in KernelPath.all where path.isAvailable {
        path.run {
          func holds(_ what: String, _ make: (Tensor<Element>) -> Void) {
            let c: Tensor<Element> = workspace.tensor(shape.rows, shape.columns)
            c.copy(from: old)
            make(c)
            #expect(bits(c.elements) == wanted, "\(path), \(what), added: \(isAdded)")
          }
          holds("as stored") { $0.assignProduct(a, b, accumulate: isAdded) }
          holds("a transposed") { $0.assignProduct(turnedA, transposed: true, b, accumulate: isAdded) }
          holds("b transposed") { $0.assignProduct(a, turnedB, rightTransposed: true, accumulate: isAdded) }
          holds("both transposed") {
            $0.assignProduct(turnedA, transposed: true, turnedB, rightTransposed: true, accumulate: isAdded)
          }
          holds("packed") { $0.assignProduct(a, PackedMatrix(b, workspace), accumulate: isAdded) }
          holds("packed transpose") {
            $0.assignProduct(a, PackedMatrix(transposeOf: turnedB, workspace), accumulate: isAdded)
          }
        }
      }
    }
  }

  @Test(arguments: shapes, Numbers.allCases) func single(_ shape: Shape, _ kind: Numbers) {
    check(shape, kind, Float.self)
  }

  @Test(arguments: shapes, Numbers.allCases) func double(_ shape: Shape, _ kind: Numbers) {
    check(shape, kind, Double.self)
  }

  /// Functions of rows have the same bits on every path, for numbers of every kind.
  @Test(arguments: Numbers.allCases, [1, 15, 16, 97]) func rows(_ kind: Numbers, _ columns: Int) {
    rows(kind, columns, Float.self)
    rows(kind, columns, Double.self)
  }

  private func rows<Element: TensorElement>(_ kind: Numbers, _ columns: Int, _: Element.Type) {
    func values() -> [Element] {
      let workspace = Workspace()
      var source = Source<Element>(numbers: SampleNumbers(columns), kind: kind)
      let (x, t, dy) = (
        matrix(5, columns, &source, workspace), matrix(5, columns, &source, workspace),
        matrix(5, columns, &source, workspace)
      )
      let (gain, bias) = (matrix(1, columns, &source, workspace), matrix(1, columns, &source, workspace))
      var all: [Element] = []
      func add(_ make: (Tensor<Element>) -> Void) {
        let y = matrix(5, columns, &source, workspace)
        make(y)
        all += y.elements
      }
      add { Element.softmax(x, scale: 0.3, mask: bias, diagonal: 2, into: $0) }
      add { Element.softmaxPullback(scale: 0.3, y: x, dy: dy, dx: $0, accumulate: true) }
      add { Element.softmaxPullbackTangent(scale: 0.3, y: x, ty: t, dy: dy, dx: $0, accumulate: false) }
      add {
        $0.copy(from: x)
        all += Element.softmaxCrossEntropy($0, targets: [0, 0, 0, 0, 0]).map { Element($0) }
      }
      add { Element.layerNorm(x, epsilon: 1e-5, gain: gain, bias: bias, into: $0) }
      add { Element.layerNormPullback(x, epsilon: 1e-5, gain: gain, dy: dy, dx: $0, accumulate: true) }
      add { Element.layerNormPullbackTangent(x, tx: t, epsilon: 1e-5, gain: gain, dy: dy, dx: $0, accumulate: false) }
      for form in GELUForm.allCases {
        for order in Int32(0)..<3 { add { Element.gelu(form, order: order, x, into: $0) } }
      }
      add { Element.columnTotals(x, into: $0.rows(0..<1), accumulate: true) }
      add { Element.productColumnTotals(x, dy, into: $0.rows(0..<1), accumulate: false) }
      add { Element.scatterRows(x, [1, 0, 1, 4, 1], scale: 0.7, into: $0) }
      return all
    }
    let paths = KernelPath.all.filter(\.isAvailable)
    let all = paths.map { $0.run { bits(values()) } }
    for (path, found) in zip(paths, all) { #expect(found == all[0], "\(path)") }
  }

  /// Factorisations have the same bits on every path.
  @Test(arguments: [1, 2, 31, 33, 70, 150]) func factorisations(_ size: Int) throws {
    func values() throws -> [Double] {
      let workspace = Workspace()
      var source = Source<Double>(numbers: SampleNumbers(size), kind: .ordinary)
      let x = matrix(size, size + 4, &source, workspace)
      let gram: Tensor<Double> = workspace.tensor(size, size)
      var all: [Double] = []
      func fresh() -> Tensor<Double> {
        LinearAlgebra.gramOfRows(x, into: gram)
        return gram
      }
      let (logDeterminant, trace) = try LinearAlgebra.logDeterminantAndInverseTrace(fresh())
      all += [logDeterminant, trace, try LinearAlgebra.logMagnitudeOfDeterminant(fresh())]
      all += try LinearAlgebra.symmetricEigenvalues(fresh())
      return all + (try LinearAlgebra.singularValues(x))
    }
    let paths = KernelPath.all.filter(\.isAvailable)
    let all = try paths.map { path throws in try path.run { () throws in try values() } }
    for (path, found) in zip(paths, all) { #expect(bits(found) == bits(all[0]), "\(path)") }
  }

  @Test func pathsHaveNames() throws {
    #expect(KernelPath.all.map(\.description).last == "plain")
    #expect(KernelPath.all.last?.isAvailable == true && KernelPath.current.isAvailable)
    let plain = try #require(KernelPath.all.last)
    #expect(plain.run { KernelPath.current } == plain)
  }
}
