/// The media types of a report's files.
enum MediaType {
  /// The type of a file by the end of its name, in which case does not matter; bytes of an unknown kind otherwise.
  static func of(_ path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let end = parts.last else { return unknown }
    return types[end.lowercased()] ?? unknown
  }

  private static let unknown = "application/octet-stream"

  /// Markdown, LaTeX and BibTeX are shown as they are.
  private static let types = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "json": "application/json", "csv": "text/csv; charset=utf-8", "md": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "tex": "text/plain; charset=utf-8", "bib": "text/plain; charset=utf-8",
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "webp": "image/webp", "pdf": "application/pdf", "xml": "application/xml",
  ]
}
