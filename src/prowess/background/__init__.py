"""Work that takes longer than a page may: done by a worker beside the pages, with progress that pages can show."""
