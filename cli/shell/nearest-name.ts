export { didYouMean } from '../../contract/nearest-name.ts'
