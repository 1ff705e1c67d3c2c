import Files
import Mustache

/// The templates of reports: Mustache files, a user's folder before the shipped one.
public struct TemplateSet: Sendable {
  /// The files that reports are made with.
  public static let names = ["report.html.mustache", "report.md.mustache", "style.css", "script.js"]

  private let library: MustacheLibrary
  private let plain: [String: String]
  /// Every template's name and text, for a step's key.
  public let texts: [(name: String, text: String)]

  /// Loads each template from the first folder that has it.
  ///
  /// - Throws: `ReportError.template`.
  public init(folders: [String]) throws(ReportError) {
    var library = MustacheLibrary()
    var plain: [String: String] = [:]
    var texts: [(name: String, text: String)] = []
    for name in Self.names {
      guard let folder = folders.first(where: { FileSystem.exists("\($0)/\(name)") }) else {
        throw .template(name: name, reason: "not found in \(folders.joined(separator: ", "))")
      }
      do {
        let text = String(decoding: try FileSystem.read("\(folder)/\(name)", limit: 1 << 20), as: UTF8.self)
        texts.append((name, text))
        if name.hasSuffix(".mustache") {
          try library.register(text, named: name)
        } else {
          plain[name] = text
        }
      } catch let error as MustacheLibrary.ParserError {
        throw .template(
          name: "\(folder)/\(name):\(error.context.lineNumber):\(error.context.columnNumber)", reason: "\(error.error)")
      } catch {
        throw .template(name: "\(folder)/\(name)", reason: "\(error)")
      }
    }
    self.library = library
    self.plain = plain
    self.texts = texts
  }

  func render(_ name: String, _ context: [String: Any]) throws(ReportError) -> String {
    guard let text = library.render(context, withTemplate: name) else {
      throw .template(name: name, reason: "not loaded")
    }
    return text
  }

  func text(_ name: String) -> String { plain[name] ?? "" }
}
