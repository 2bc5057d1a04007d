/// The style sheet of a drawing: light, and dark where the reader's system is.
enum SVGStyle {
  static let font =
    "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue','Noto Sans',Arial,sans-serif"

  static var sheet: String {
    let light = colours(
      canvas: "#ffffff", frame: "#f5f7fa", border: "#d3dae3", card: "#ffffff", outline: "#a9b4c2",
      text: "#18212f", quiet: "#5a6779", accent: "#2563eb", line: \.light)
    let dark = colours(
      canvas: "#0e141b", frame: "#151d27", border: "#2d3947", card: "#1d2733", outline: "#4d5c6e",
      text: "#e8edf4", quiet: "#9fadbf", accent: "#6ea8fe", line: \.dark)
    return """
      text{font-family:\(font);font-size:13px}
      .title{font-size:24px;font-weight:650}
      .name{font-size:15px;font-weight:600}
      .strong{font-weight:600}
      .label{font-size:12px}
      .end{text-anchor:end}
      .icon,.line,.halo{fill:none;stroke-linecap:round;stroke-linejoin:round}
      .icon{stroke-width:1.3}
      .line{stroke-width:1.6}
      .halo{stroke-width:6}
      .call:hover .line{stroke-width:3.2}
      .group{stroke-width:1}
      .card{stroke-width:1.2}
      .outside .card{stroke-dasharray:4 3}
      .turned{stroke-dasharray:5 4}
      \(light)
      @media (prefers-color-scheme:dark){
      \(dark)
      }
      """
  }

  private static func colours(
    canvas: String, frame: String, border: String, card: String, outline: String, text: String,
    quiet: String, accent: String, line: (LineStyle) -> String
  ) -> String {
    let lines = LineStyle.allCases.map { style in
      let colour = line(style)
      return ".\(style.rawValue) .line{stroke:\(colour)}"
        + ".\(style.rawValue) .tip,.\(style.rawValue) .label{fill:\(colour)}"
    }
    return """
      .canvas{fill:\(canvas)}.halo{stroke:\(canvas)}
      .group{fill:\(frame);stroke:\(border)}
      .card{fill:\(card);stroke:\(outline)}
      text{fill:\(text)}.quiet{fill:\(quiet)}
      .icon{stroke:\(quiet)}.primary,.share{fill:\(accent)}.rest{fill:\(border)}
      .primary-text{fill:\(canvas)}
      \(lines.joined(separator: "\n"))
      """
  }
}
