import Diagnostics
import Files
import Measurements

/// Reads what was added to a file of results since the last time.
struct ResultReader {
  /// Something that stands in a file of results.
  enum Event: Sendable, Hashable {
    /// An evaluation began.
    case began(String)
    /// An evaluation ended.
    case ended(String, Evaluation)
    /// A line that cannot be used, and is left out.
    case damaged(Diagnostic)
  }

  /// The most bytes of a file that are read, of one line, and of what is read at once.
  private static let limit = 1 << 30
  private static let lineLimit = 1 << 20
  private static let part = 4 << 20
  /// The most lines of a file that cannot be used; what follows is left out.
  private static let mostDamaged = 1000

  private let path: String
  private let configuration: String
  private let columns: Int
  private var offset = 0
  private var line = 0
  private var damaged = 0
  private var isRefused = false

  /// Begins to read a file.
  ///
  /// - Parameters:
  ///   - configuration: The configuration that it must name.
  ///   - columns: Number of outcomes of an evaluation.
  init(_ path: String, configuration: String, columns: Int) {
    self.path = path
    self.configuration = configuration
    self.columns = columns
  }

  /// Gives the whole lines that are new, one after the other. A line without its end is not read yet; whoever writes it may
  /// still be at it.
  ///
  /// - Parameter isSettled: True when whoever writes it has ended. The file is then opened even where it seems not to have
  ///   grown: on NFS its size is asked of the server when it is opened, and may be a minute old otherwise.
  mutating func read(isSettled: Bool = false, _ take: (Event) -> Void) {
    guard !isRefused, let size = FileSystem.size(path), size > offset || isSettled && FileSystem.isFile(path) else {
      return
    }
    do throws(FileFailure) {
      let reader = try FileReader(path, limit: Self.limit)
      while !isRefused, offset < reader.size {
        let bytes = try reader.bytes(at: offset, count: min(Self.part, reader.size - offset))
        guard let last = bytes.lastIndex(of: UInt8(ascii: "\n")) else {
          guard bytes.count > Self.lineLimit else { return }
          isRefused = true
          return take(damage("the line has over \(Self.lineLimit) bytes"))
        }
        offset += last + 1
        for line in bytes[..<last].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
          if let event = event(line) { take(event) }
        }
      }
    } catch {
      // What cannot be read now may be read the next time; a file over the limit never is.
      guard case .tooLarge = error else { return }
      isRefused = true
      take(damage("\(error)"))
    }
  }

  /// What a line says; nil for the head, and for what follows too many lines that cannot be used.
  private mutating func event(_ bytes: ArraySlice<UInt8>) -> Event? {
    line += 1
    guard !isRefused else { return nil }
    let event = readEvent(bytes)
    if case .damaged = event {
      damaged += 1
      if damaged > Self.mostDamaged { isRefused = true }
    }
    return event
  }

  private mutating func readEvent(_ bytes: ArraySlice<UInt8>) -> Event? {
    if line == 1 {
      guard bytes.elementsEqual("\(ResultJournal.head) \(configuration)".utf8) else {
        isRefused = true
        return damage("its head is not that of results of version 1 of this measurement")
      }
      return nil
    }
    guard bytes.count <= Self.lineLimit, let fields = CheckedLine.fields(bytes) else {
      return damage("the line does not have its digest: it was cut off or changed")
    }
    switch (fields.first, fields.count) {
    case ("begin", 2): return .began(fields[1])
    case ("end", 6):
      guard let evaluation = evaluation(fields) else { return damage("the line holds no evaluation") }
      return .ended(fields[1], evaluation)
    default: return damage("the line is neither a beginning nor an end")
    }
  }

  private func evaluation(_ fields: [String]) -> Evaluation? {
    guard let seconds = Double(fields[2]), seconds.isFinite, seconds >= 0, let bytes = Int(fields[3]), bytes >= 0,
      let operations = Double(fields[4]), operations.isFinite,
      let outcomes = Evaluation.outcomes(of: fields[5], count: columns)
    else { return nil }
    return Evaluation(
      outcomes: outcomes, seconds: seconds, peakBytes: bytes, floatingPointOperations: operations)
  }

  private func damage(_ reason: String) -> Event {
    .damaged(
      Diagnostic(
        id: "bad-results", severity: .warning, location: SourceLocation(file: path, line: max(1, line)),
        message: "a result cannot be used, and is measured again", reason: reason))
  }
}
