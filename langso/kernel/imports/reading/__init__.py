"""Reading an uploaded file into rows of text: CSV in the encodings people really have, and XLSX."""
