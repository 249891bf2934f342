// Styles that nobody needs before the bench is at work.
import './bench-late.lazy.css';
